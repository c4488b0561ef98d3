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
])('%s is none', (action) => {
  expect(isChange(action)).toBe(false)
})
