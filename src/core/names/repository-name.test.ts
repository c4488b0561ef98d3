import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { InvalidParameterError } from '../errors.ts'
import { isRepositoryName, parseRepositoryName } from './repository-name.ts'

// ECR's own expression, as its message shows it.
const documented = /^[a-z0-9]+((\.|_|__|-+)[a-z0-9]+)*(\/[a-z0-9]+((\.|_|__|-+)[a-z0-9]+)*)*$/
const nearlyName = fc.string({
  unit: fc.constantFrom('a', '0', 'A', '.', '_', '-', '/', ' ', '\n'),
  maxLength: 12,
})

describe('a repository name', () => {
  test.each(['ab', '0a', 'team/app', 'a--b', 'a__b', 'a.b_c-d', 'a/b/c/d', 'a'.repeat(256)])(
    'may be %s',
    (name) => {
      expect(parseRepositoryName(name)).toBe(name)
    },
  )

  test.each([
    'Ab',
    'a..b',
    'a___b',
    'a//b',
    '/ab',
    'ab/',
    'ab-',
    '-ab',
    'a.-b',
    '../ab',
    'a/../b',
    'ab\n',
    'a\0b',
    'äb',
    'a%2fb',
  ])('may not be %j', (name) => {
    expect(() => parseRepositoryName(name)).toThrow(
      new InvalidParameterError(
        'repositoryName',
        "must satisfy regular expression '[a-z0-9]+((\\.|_|__|-+)[a-z0-9]+)*(/[a-z0-9]+((\\.|_|__|-+)[a-z0-9]+)*)*'",
      ),
    )
  })

  test('has two to 256 characters', () => {
    const refusal = (constraint: string) => new InvalidParameterError('repositoryName', constraint)
    const tooShort = refusal('Member must have length greater than or equal to 2')
    const tooLong = refusal('Member must have length less than or equal to 256')
    expect(() => parseRepositoryName('a')).toThrow(tooShort)
    expect(() => parseRepositoryName('a'.repeat(257))).toThrow(tooLong)
  })

  test('is exactly what the documented expression says', () => {
    fc.assert(
      fc.property(nearlyName, (text) => {
        const fits = text.length >= 2 && documented.test(text)
        return isRepositoryName(text) === fits
      }),
      { numRuns: 5_000 },
    )
  })
})
