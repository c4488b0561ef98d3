import { expect, test } from 'vitest'
import { isChange } from './changes.ts'

test.each([
  'ecr:PutImage',
  'ecr:BatchDeleteImage',
  'ecr:CreateRepository',
  'ecr:CompleteLayerUpload',
  'ecr:TagResource',
  'ecr:PutImageTagMutability',
  'ecr:SetRepositoryPolicy',
  'iam:PassRole',
  'sts:AssumeRole',
  'ecs:ExecuteCommand',
  'berth:SomethingThatNobodyHasThoughtOf',
])('%s is a change', (action) => {
  expect(isChange(action)).toBe(true)
})

test.each([
  'ecr:BatchGetImage',
  'ecr:BatchCheckLayerAvailability',
  'ecr:GetDownloadUrlForLayer',
  'ecr:ListImages',
  'ecr:DescribeRepositories',
  'ecr:InitiateLayerUpload',
  'ecr:UploadLayerPart',
  'sts:GetCallerIdentity',
  'berth:LookupEvents',
  'berth:ExplainLifecyclePolicy',
  'berth:CompareFindings',
  'berth:FindVulnerability',
  'berth:ExportVex',
  'iam:SimulatePrincipalPolicy',
  'events:TestEventPattern',
  'ecr:ValidatePullThroughCacheRule',
])('%s is none', (action) => {
  expect(isChange(action)).toBe(false)
})
