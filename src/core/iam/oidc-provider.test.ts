import { expect, test } from 'vitest'
import { parseAccountId } from '../names/account-id.ts'
import { InvalidInputError, NoSuchEntityError, ValidationError } from './iam-errors.ts'
import { oidcProviderArn, parseIssuerUrl, parseOidcProviderArn, parseThumbprints } from './oidc-provider.ts'

const account = parseAccountId('111122223333')

test.each([
  ['https://token.actions.githubusercontent.com', 'token.actions.githubusercontent.com'],
  ['https://team.eu.auth0.com/', 'team.eu.auth0.com/'],
  ['https://sso.example.com/realms/CI', 'sso.example.com/realms/CI'],
  ['https://cluster.internal:6443', 'cluster.internal:6443'],
])('%s is the issuer %s, slash and all, and its ARN leads back to it', (url, issuer) => {
  expect(parseIssuerUrl(url)).toBe(issuer)
  expect(parseOidcProviderArn(account, oidcProviderArn({ account, issuer }))).toEqual({ account, issuer })
})

test.each([
  ['no URL at all', 'example.com', ValidationError, 'Invalid Open ID Connect Provider URL'],
  ['plain HTTP', 'http://example.com', InvalidInputError, /The URL must begin with https/],
  ['a query', 'https://example.com?a=1', InvalidInputError, 'Invalid Open ID Connect Provider URL.'],
  ['a fragment', 'https://example.com/#a', InvalidInputError, 'Invalid Open ID Connect Provider URL.'],
  ['a user', 'https://good.example@evil.example', InvalidInputError, 'Invalid Open ID Connect Provider URL.'],
  ['another case', 'https://Example.com', InvalidInputError, 'Invalid Open ID Connect Provider URL.'],
  ['the usual port', 'https://example.com:443', InvalidInputError, 'Invalid Open ID Connect Provider URL.'],
  ['a way up', 'https://example.com/a/../b', InvalidInputError, 'Invalid Open ID Connect Provider URL.'],
  ['a backslash', 'https://example.com\\@evil.example', InvalidInputError, /Invalid Open ID/],
  ['a disguised address', 'https://2130706433/', InvalidInputError, /Invalid Open ID/],
  ['the prefix of a condition key', 'https://aws', InvalidInputError, /Invalid Open ID/],
  ['a blank before it', ' https://example.com', InvalidInputError, /Invalid Open ID/],
])('%s makes no issuer', (_, url, kind, text) => {
  expect(() => parseIssuerUrl(url)).toThrow(kind)
  expect(() => parseIssuerUrl(url)).toThrow(text)
})

test('an ARN of another account, or of something else, names no provider of ours', () => {
  const foreign = 'arn:aws:iam::444455556666:oidc-provider/example.com'
  expect(() => parseOidcProviderArn(account, foreign)).toThrow(
    `OpenIDConnect Provider not found for arn ${foreign}`,
  )
  expect(() => parseOidcProviderArn(account, `arn:aws:iam::${account}:role/example.com`)).toThrow(
    NoSuchEntityError,
  )
})

test('thumbprints are hexadecimal, five at the most, and their case makes no difference', () => {
  const thumbprint = 'AB'.repeat(20)
  expect(parseThumbprints([thumbprint])).toEqual([thumbprint.toLowerCase()])
  expect(() => parseThumbprints(['g'.repeat(40)])).toThrow('Thumbprint must be exactly 40 characters.')
  expect(() => parseThumbprints(Array(6).fill(thumbprint))).toThrow('Thumbprint list must contain fewer')
})
