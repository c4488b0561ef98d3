# Every resource and data source that Terraform's AWS provider has for ECR, in two versions: `step` 1 and 2, and a role for CI that logs
# in with tokens of its own.

terraform {
  required_providers {
    aws = { source = "hashicorp/aws" }
  }
}

variable "endpoint" { type = string }
variable "step" { type = number }

provider "aws" {
  region                  = "us-east-1"
  access_key              = "test"
  secret_key              = "test"
  skip_metadata_api_check = true
  endpoints {
    ecr = var.endpoint
    iam = var.endpoint
    sts = var.endpoint
  }
}

locals {
  first   = var.step == 1
  account = "arn:aws:iam::111122223333:root"
  statement = {
    Sid       = "others"
    Effect    = "Allow"
    Principal = { AWS = local.account }
    Action    = local.first ? ["ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"] : ["ecr:BatchGetImage"]
  }
  policy = jsonencode({ Version = "2012-10-17", Statement = [local.statement] })
}

resource "aws_ecr_repository" "plain" {
  name = "plain"
}

resource "aws_ecr_repository" "app" {
  name                 = "team/app"
  image_tag_mutability = local.first ? "MUTABLE" : "IMMUTABLE"
  force_delete         = true
  tags                 = local.first ? { owner = "a", stage = "b" } : { owner = "c", cost = "d" }
  image_scanning_configuration {
    scan_on_push = local.first
  }
}

resource "aws_ecr_repository_policy" "app" {
  repository = aws_ecr_repository.app.name
  policy     = local.policy
}

data "aws_ecr_lifecycle_policy_document" "app" {
  rule {
    priority    = 2
    description = "not too many"
    selection {
      tag_status   = "any"
      count_type   = "imageCountMoreThan"
      count_number = local.first ? 100 : 200
    }
  }
  rule {
    priority = 1
    selection {
      tag_status       = "tagged"
      tag_pattern_list = ["v*", "a*"]
      count_type       = "sinceImagePushed"
      count_unit       = "days"
      count_number     = 14
    }
  }
}

resource "aws_ecr_lifecycle_policy" "app" {
  repository = aws_ecr_repository.app.name
  policy     = data.aws_ecr_lifecycle_policy_document.app.json
}

resource "aws_ecr_registry_policy" "this" {
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Sid       = "replication"
      Effect    = "Allow"
      Principal = { AWS = local.account }
      Action    = ["ecr:ReplicateImage"]
      Resource  = ["arn:aws:ecr:us-east-1:000000000000:repository/${local.first ? "*" : "team/*"}"]
    }]
  })
}

resource "aws_ecr_registry_scanning_configuration" "this" {
  scan_type = local.first ? "BASIC" : "ENHANCED"
  rule {
    scan_frequency = "SCAN_ON_PUSH"
    repository_filter {
      filter      = "team/*"
      filter_type = "WILDCARD"
    }
  }
  dynamic "rule" {
    for_each = local.first ? [] : ["prod*"]
    content {
      scan_frequency = "CONTINUOUS_SCAN"
      repository_filter {
        filter      = rule.value
        filter_type = "WILDCARD"
      }
    }
  }
}

resource "aws_ecr_replication_configuration" "this" {
  replication_configuration {
    rule {
      dynamic "destination" {
        for_each = local.first ? ["us-west-2", "eu-west-1"] : ["eu-west-1"]
        content {
          region      = destination.value
          registry_id = "000000000000"
        }
      }
      dynamic "repository_filter" {
        for_each = ["team", "app"]
        content {
          filter      = repository_filter.value
          filter_type = "PREFIX_MATCH"
        }
      }
    }
  }
}

resource "aws_ecr_pull_through_cache_rule" "plain" {
  ecr_repository_prefix = "quay"
  upstream_registry_url = "quay.io"
}

resource "aws_ecr_pull_through_cache_rule" "rooted" {
  ecr_repository_prefix      = "k8s"
  upstream_registry_url      = "registry.k8s.io"
  upstream_repository_prefix = "ROOT"
}

resource "aws_ecr_repository_creation_template" "plain" {
  prefix      = "ROOT"
  applied_for = ["PULL_THROUGH_CACHE"]
}

resource "aws_ecr_repository_creation_template" "whole" {
  prefix               = "made"
  description          = local.first ? "one" : "two"
  image_tag_mutability = "IMMUTABLE"
  applied_for          = local.first ? ["PULL_THROUGH_CACHE", "REPLICATION"] : ["REPLICATION"]
  repository_policy    = local.policy
  lifecycle_policy     = data.aws_ecr_lifecycle_policy_document.app.json
  resource_tags        = { owner = "a" }
  encryption_configuration {
    encryption_type = "AES256"
  }
}

resource "aws_ecr_account_setting" "scans" {
  name  = "BASIC_SCAN_TYPE_VERSION"
  value = "AWS_NATIVE"
}

resource "aws_ecr_account_setting" "scope" {
  name  = "REGISTRY_POLICY_SCOPE"
  value = local.first ? "V1" : "V2"
}

data "aws_ecr_authorization_token" "this" {}

data "aws_ecr_repository" "app" {
  name = aws_ecr_repository.app.name
}

data "aws_ecr_repositories" "all" {
  depends_on = [aws_ecr_repository.app, aws_ecr_repository.plain]
}

data "aws_ecr_pull_through_cache_rule" "plain" {
  ecr_repository_prefix = aws_ecr_pull_through_cache_rule.plain.ecr_repository_prefix
}

data "aws_ecr_repository_creation_template" "whole" {
  prefix = aws_ecr_repository_creation_template.whole.prefix
}

output "seen" {
  value = {
    url          = aws_ecr_repository.app.repository_url
    user         = data.aws_ecr_authorization_token.this.user_name
    repositories = data.aws_ecr_repositories.all.names
  }
}

resource "aws_iam_openid_connect_provider" "ci" {
  url             = "https://token.actions.githubusercontent.com"
  client_id_list  = local.first ? ["sts.amazonaws.com"] : ["sts.amazonaws.com", "berth"]
  thumbprint_list = local.first ? [] : ["6938fd4d98bab03faadb97b34396831e3780aea1"]
  tags            = local.first ? { owner = "a" } : { owner = "b" }
}

data "aws_iam_policy_document" "ci" {
  statement {
    actions = ["sts:AssumeRoleWithWebIdentity"]
    principals {
      type        = "Federated"
      identifiers = [aws_iam_openid_connect_provider.ci.arn]
    }
    condition {
      test     = "StringEquals"
      variable = "${aws_iam_openid_connect_provider.ci.url}:aud"
      values   = ["sts.amazonaws.com"]
    }
    condition {
      test     = "StringLike"
      variable = "${aws_iam_openid_connect_provider.ci.url}:sub"
      values   = local.first ? ["repo:team/app:*"] : ["repo:team/app:ref:refs/heads/main"]
    }
  }
}

resource "aws_iam_role" "ci" {
  name               = "ci"
  assume_role_policy = data.aws_iam_policy_document.ci.json
}
