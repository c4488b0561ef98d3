import { describe, expect, test } from 'vitest'
import { readSessionClaims } from './session-claims.ts'
import { IdpRejectedClaimError } from './web-identity-errors.ts'

const tagsClaim = 'https://aws.amazon.com/tags'
const sourceIdentityClaim = 'https://aws.amazon.com/source_identity'

function read(tags: unknown, sourceIdentity?: unknown) {
  return readSessionClaims({
    ...(tags !== undefined && { [tagsClaim]: tags }),
    ...(sourceIdentity !== undefined && { [sourceIdentityClaim]: sourceIdentity }),
  } as Parameters<typeof readSessionClaims>[0])
}

const manyTags = (count: number) =>
  Object.fromEntries(Array.from({ length: count }, (_, at) => [`key${at}`, ['x']]))

describe('a token', () => {
  test('without wishes begins a session without tags', () => {
    expect(read(undefined)).toEqual({ tags: [], transitiveTagKeys: [], sourceIdentity: undefined })
  })

  test('says the tags of its session, each as a text or a list of one, and which go on', () => {
    const claim = { principal_tags: { Project: ['Automation'], Cost: '7' }, transitive_tag_keys: ['Project'] }
    expect(read(claim, 'anna')).toEqual({
      tags: [
        { Key: 'Project', Value: 'Automation' },
        { Key: 'Cost', Value: '7' },
      ],
      transitiveTagKeys: ['Project'],
      sourceIdentity: 'anna',
    })
  })

  test('may say keys of 128 characters, values of 256, and fifty tags', () => {
    expect(read({ principal_tags: { ['k'.repeat(128)]: ['v'.repeat(256)] } }).tags).toHaveLength(1)
    expect(read({ principal_tags: { Empty: [''] } }).tags).toEqual([{ Key: 'Empty', Value: '' }])
    expect(read({ principal_tags: manyTags(50) }).tags).toHaveLength(50)
    expect(read({ principal_tags: {}, transitive_tag_keys: ['k'.repeat(128)] }).tags).toEqual([])
  })

  test.each([
    ['no tags', 'text'],
    ['a list', { principal_tags: ['Project'] }],
    ['an empty key', { principal_tags: { '': ['x'] } }],
    ['a key too long', { principal_tags: { ['k'.repeat(129)]: ['x'] } }],
    ['a value too long', { principal_tags: { Project: ['v'.repeat(257)] } }],
    ['two values', { principal_tags: { Project: ['a', 'b'] } }],
    ['no value', { principal_tags: { Project: [] } }],
    ['a number', { principal_tags: { Project: [7] } }],
    ['signs that no tag has', { principal_tags: { Project: ['a;b'] } }],
    ['one too many', { principal_tags: manyTags(51) }],
    ['keys that are no list', { principal_tags: {}, transitive_tag_keys: 'Project' }],
    ['a key that is no text', { principal_tags: {}, transitive_tag_keys: [7] }],
    ['a key too long to go on', { principal_tags: {}, transitive_tag_keys: ['k'.repeat(129)] }],
  ])('is rejected with %s', (_what, claim) => {
    expect(() => read(claim)).toThrow(IdpRejectedClaimError)
  })

  test.each(['a', 'x'.repeat(65), 'two words', 7, ''])('has no source identity %j', (identity) => {
    expect(() => read(undefined, identity)).toThrow(IdpRejectedClaimError)
  })
})
