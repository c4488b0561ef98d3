import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type PolicyKind, parsePolicy } from './parse-policy.ts'
import { PolicyDocumentError } from './policy-document-error.ts'
import { policyText, type StatementText } from './testing/policy-world.ts'

describe('a policy is refused for', () => {
  test.each<[string, PolicyKind, string, string]>([
    ['text that is no JSON', 'identity', '{', 'Syntax errors in policy.'],
    ['text that is no JSON, as a trust policy', 'trust', '{', 'This policy contains invalid Json'],
    ['a list', 'identity', '[]', 'Syntax errors in policy.'],
    ['no statement', 'identity', '{"Version":"2012-10-17"}', 'Syntax errors in policy.'],
    ['no statements', 'identity', '{"Statement":[]}', 'Syntax errors in policy.'],
    ['an unknown member', 'identity', '{"Statement":[],"Statements":[]}', 'Syntax errors in policy.'],
    [
      'another version',
      'identity',
      '{"Version":"2026-01-01","Statement":[]}',
      'Policy document must be version 2012-10-17 or greater.',
    ],
  ])('%s', (_, kind, text, message) => {
    expect(() => parsePolicy(text, kind)).toThrow(new PolicyDocumentError(message))
  })

  test.each<[string, PolicyKind, readonly StatementText[], string]>([
    ['no action', 'identity', [{ Action: undefined }], 'Policy statement must contain actions.'],
    ['action and not', 'identity', [{ Action: 'a:b', NotAction: 'a:c' }], 'Syntax errors in policy.'],
    [
      'an action without a vendor',
      'identity',
      [{ Action: 'PutImage' }],
      'Actions/Conditions must be prefaced by a vendor, e.g., iam, sdb, ec2, etc.',
    ],
    ['no resource', 'identity', [{ Resource: undefined }], 'Policy statement must contain resources.'],
    [
      'a resource that is no ARN',
      'identity',
      [{ Resource: 'team/app' }],
      'Resource team/app must be in ARN format or "*".',
    ],
    [
      'a principal in a policy of an identity',
      'identity',
      [{ Principal: '*' }],
      'Policy document should not specify a principal.',
    ],
    [
      'a sid twice',
      'identity',
      [{ Sid: 'a' }, { Sid: 'a' }],
      'Statement IDs (SID) in a single policy must be unique.',
    ],
    ['an effect that is none', 'identity', [{ Effect: 'allow' }], 'Syntax errors in policy.'],
    ['no principal', 'resource', [{}], 'Syntax errors in policy.'],
    ['an empty principal', 'resource', [{ Principal: {} }], 'Syntax errors in policy.'],
    [
      'a principal with a wildcard',
      'resource',
      [{ Principal: { AWS: 'arn:aws:iam::111122223333:user/*' } }],
      'Invalid principal in policy: "AWS":"arn:aws:iam::111122223333:user/*"',
    ],
    [
      'a resource in a trust policy',
      'trust',
      [{ Principal: '*', Resource: '*' }],
      'Has prohibited field Resource',
    ],
  ])('%s', (_, kind, statements, message) => {
    expect(() => parsePolicy(policyText(kind, ...statements), kind)).toThrow(new PolicyDocumentError(message))
  })
})

test('one statement needs no list around it', () => {
  const text = '{"Statement":{"Effect":"Allow","Action":"ecr:*","Resource":"*"}}'
  expect(parsePolicy(text, 'identity').statements).toHaveLength(1)
})

test('a policy of a resource may do without a resource, and use a sid twice', () => {
  const statement = { Principal: '*', Sid: 'new statement' }
  expect(parsePolicy(policyText('resource', statement, statement), 'resource').statements).toHaveLength(2)
})

test('any JSON is read or refused in words', () => {
  const kind = fc.constantFrom<PolicyKind>('identity', 'resource', 'trust')
  const anyOf = fc.constantFrom('Allow', 'ecr:*', '*', {}, [], null, { AWS: '*' }, 'arn:aws:iam::1:x')
  const names = fc.constantFrom('Sid', 'Effect', 'Action', 'Resource', 'Principal', 'Condition', 'NotAction')
  const statement = fc.dictionary(names, anyOf)
  fc.assert(
    fc.property(kind, fc.oneof(fc.jsonValue(), statement), (of, value) => {
      try {
        parsePolicy(JSON.stringify({ Statement: value }), of)
      } catch (error) {
        expect(error).toBeInstanceOf(PolicyDocumentError)
      }
    }),
  )
})
