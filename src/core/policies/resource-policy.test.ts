import { describe, expect, test } from 'vitest'
import { InvalidParameterError } from '../errors.ts'
import { parseRegistryPolicy } from './registry-policy.ts'
import { parseRepositoryPolicy } from './repository-policy.ts'

const pull = ['ecr:BatchGetImage', 'ecr:GetDownloadUrlForLayer']
const everyone = { Sid: 'new statement', Effect: 'Allow', Principal: '*', Action: pull }

test("a policy comes back as ECR prints it, accounts by their root's ARN", () => {
  const principals = { AWS: ['111122223333', 'arn:aws:iam::444455556666:user/bob'] }
  const policy = { Version: '2008-10-17', Statement: { ...everyone, Principal: principals } }
  expect(parseRepositoryPolicy(JSON.stringify(policy)).text).toBe(`{
  "Version" : "2008-10-17",
  "Statement" : [ {
    "Sid" : "new statement",
    "Effect" : "Allow",
    "Principal" : {
      "AWS" : [ "arn:aws:iam::111122223333:root", "arn:aws:iam::444455556666:user/bob" ]
    },
    "Action" : [ "ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer" ]
  } ]
}`)
})

test('what was printed is read as what it was', () => {
  const condition = { IpAddress: { 'aws:SourceIp': ['10.0.0.0/8', '::1'] } }
  const policy = { Version: '2012-10-17', Id: '"', Statement: [{ ...everyone, Condition: condition }] }
  const { text } = parseRepositoryPolicy(JSON.stringify(policy))
  expect(JSON.parse(text)).toEqual(policy)
  expect(parseRepositoryPolicy(text).text).toBe(text)
})

describe.each([
  ['repository', parseRepositoryPolicy],
  ['registry', (text: string) => parseRegistryPolicy(text, 'V2')],
] as const)('a policy of a %s is refused, and no more is said, for', (kind, parse) => {
  test.each<[string, string]>([
    ['no text', ''],
    ['text that is no JSON', 'allow all'],
    ['no statement', '{"Version":"2012-10-17"}'],
    ['an action of another service', policyOf({ Action: ['ecr:PutImage', 's3:GetObject'] })],
    ['all but an action of another service', policyOf({ Action: undefined, NotAction: 's3:*' })],
    ['no principal', policyOf({ Principal: undefined })],
    ['a principal with a wildcard', policyOf({ Principal: { AWS: 'arn:aws:iam::1111222233*:root' } })],
    ['an unknown condition operator', policyOf({ Condition: { Is: { 'aws:SourceIp': '::1' } } })],
  ])('%s', (_, text) => {
    expect(() => parse(text)).toThrow(
      new InvalidParameterError('PolicyText', `Invalid ${kind} policy provided`),
    )
  })
})

test('a policy of a registry names resources', () => {
  expect(() => parseRegistryPolicy(policyOf({ Resource: undefined }), 'V2')).toThrow(InvalidParameterError)
})

test.each([
  ['ecr:ReplicateImage', true],
  ['ecr:createrepository', true],
  ['ecr:BatchImportUpstreamImage', true],
  ['ecr:PutImage', false],
  ['ecr:*', false],
])('with scope V1 a policy of a registry may speak of %s: %s', (action, allowed) => {
  const parse = () => parseRegistryPolicy(policyOf({ Action: action }), 'V1')
  if (allowed) expect(parse).not.toThrow()
  else expect(parse).toThrow(InvalidParameterError)
})

function policyOf(difference: object): string {
  return JSON.stringify({
    Version: '2012-10-17',
    Statement: [{ ...everyone, Resource: '*', ...difference }],
  })
}
