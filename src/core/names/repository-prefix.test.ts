import fc from 'fast-check'
import { expect, test } from 'vitest'
import { parseRepositoryName } from './repository-name.ts'
import { prefixPath, prefixPathsOf } from './repository-prefix.ts'

test('a name has a prefix at each slash, the longest first, and ROOT', () => {
  expect(prefixPathsOf(parseRepositoryName('prod/team/app'))).toEqual(['prod/team', 'prod', ''])
  expect(prefixPathsOf(parseRepositoryName('app'))).toEqual([''])
})

test('the slash at the end of a prefix is implied', () => {
  expect(['prod', 'prod/', 'ROOT'].map(prefixPath)).toEqual(['prod', 'prod', ''])
})

test('a path is a prefix of a name exactly when the name goes on with a slash behind it', () => {
  const part = fc.stringMatching(/^[a-z0-9]{1,3}$/)
  const path = fc.array(part, { minLength: 1, maxLength: 4 }).map((parts) => parts.join('/'))
  fc.assert(
    fc.property(path, path, (prefix, rest) => {
      fc.pre(`${prefix}/${rest}`.length >= 2 && rest.length >= 2)
      expect(prefixPathsOf(parseRepositoryName(`${prefix}/${rest}`))).toContain(prefix)
      const paths = prefixPathsOf(parseRepositoryName(rest))
      expect(paths.includes(prefix)).toBe(rest.startsWith(`${prefix}/`))
    }),
  )
})
