import fc from 'fast-check'
import { expect, test } from 'vitest'
import { parseAccountId } from '../names/account-id.ts'
import { ConditionContext } from '../policies/condition-context.ts'
import type { OidcProvider } from './oidc-provider.ts'
import { lastingValues, readWebIdentity } from './web-identity.ts'
import {
  ExpiredIdentityTokenError,
  IdpRejectedClaimError,
  InvalidIdentityTokenError,
} from './web-identity-errors.ts'

const noon = Date.UTC(2026, 0, 1, 12) / 1000
const now = new Date(noon * 1000)
const provider: OidcProvider = {
  account: parseAccountId('111122223333'),
  issuer: 'gitlab.example.com',
  clientIds: ['berth', 'other'],
  thumbprints: [],
  createdAt: now,
}
const usual = {
  iss: 'https://gitlab.example.com',
  sub: 'project_path:team/app:ref_type:branch:ref:main',
  aud: 'berth',
  iat: noon,
  exp: noon + 60,
}
const read = (claims: object) => readWebIdentity({ ...usual, ...claims }, provider, now)

test('a token tells who its bearer is, whom it is for, and what conditions can ask', () => {
  const claims = {
    ref: 'main',
    ref_protected: true,
    project_id: 7,
    groups: ['a', 'b'],
    amr: 'otp',
    nested: {},
  }
  expect(read(claims)).toEqual({
    provider: 'arn:aws:iam::111122223333:oidc-provider/gitlab.example.com',
    arn: `arn:aws:iam::111122223333:oidc-provider/gitlab.example.com:berth:${usual.sub}`,
    issuer: 'https://gitlab.example.com',
    subject: usual.sub,
    audience: 'berth',
    values: {
      'gitlab.example.com:iss': [usual.iss],
      'gitlab.example.com:iat': [String(noon)],
      'gitlab.example.com:exp': [String(noon + 60)],
      'gitlab.example.com:ref': ['main'],
      'gitlab.example.com:ref_protected': ['true'],
      'gitlab.example.com:project_id': ['7'],
      'gitlab.example.com:groups': ['a', 'b'],
      'gitlab.example.com:amr': ['otp'],
      'gitlab.example.com:aud': ['berth'],
      'gitlab.example.com:oaud': ['berth'],
      'gitlab.example.com:sub': [usual.sub],
    },
    tags: [],
    transitiveTagKeys: [],
    sourceIdentity: undefined,
  })
  expect(Object.keys(lastingValues(read(claims)))).toEqual([
    'gitlab.example.com:aud',
    'gitlab.example.com:oaud',
    'gitlab.example.com:sub',
    'gitlab.example.com:amr',
  ])
})

test('whatever else a token claims, its subject and its audience are what they are', () => {
  const name = fc.oneof(
    fc.constantFrom('SUB', 'Sub', 'sUb', 'AUD', 'oAud', 'gitlab.example.com:sub'),
    fc.string(),
  )
  const value = fc.oneof(fc.string(), fc.array(fc.string()), fc.anything())
  fc.assert(
    fc.property(fc.dictionary(name, value), (claims) => {
      const { values } = readWebIdentity(
        { ...claims, ...usual, azp: undefined, nbf: undefined, ...noSession },
        provider,
        now,
      )
      const context = new ConditionContext(values)
      expect(context.values('gitlab.example.com:sub')).toEqual([usual.sub])
      expect(context.values('gitlab.example.com:aud')).toEqual(['berth'])
    }),
  )
})
const noSession = {
  'https://aws.amazon.com/tags': undefined,
  'https://aws.amazon.com/source_identity': undefined,
}

test('an identity is read from a token, or the token is refused: nothing else happens', () => {
  const name = fc.constantFrom('sub', 'aud', 'azp', 'exp', 'iat', 'nbf', 'amr', 'https://aws.amazon.com/tags')
  fc.assert(
    fc.property(fc.dictionary(name, fc.anything()), (claims) => {
      try {
        expect(read(claims).audience).toBe('berth')
      } catch (error) {
        const kinds = [InvalidIdentityTokenError, ExpiredIdentityTokenError, IdpRejectedClaimError]
        expect(kinds.some((kind) => error instanceof kind)).toBe(true)
      }
    }),
  )
})

test.each([
  [{ exp: noon - 299 }, undefined],
  [{ exp: noon - 300 }, ExpiredIdentityTokenError],
  [{ nbf: noon + 300 }, undefined],
  [{ nbf: noon + 301 }, IdpRejectedClaimError],
  [{ iat: noon + 301 }, IdpRejectedClaimError],
  [{ exp: undefined }, InvalidIdentityTokenError],
  [{ iat: '1' }, InvalidIdentityTokenError],
  [{ sub: undefined }, InvalidIdentityTokenError],
  [{ aud: 'elsewhere' }, InvalidIdentityTokenError],
])('%j', (claims, kind) => {
  if (kind === undefined) expect(read(claims).subject).toBe(usual.sub)
  else expect(() => read(claims)).toThrow(kind)
})
