import fc from 'fast-check'
import { expect, test } from 'vitest'
import { InvalidParameterError } from '../../core/errors.ts'
import { cutToPage, nextPageLink, readPage } from './page.ts'

test('a page is as long as asked, up to a thousand, which is also what it is when nothing is asked', () => {
  expect(readPage(new URLSearchParams('n=0'))).toEqual({ limit: 0, after: undefined })
  expect(readPage(new URLSearchParams('n=1000&last=v1'))).toEqual({ limit: 1000, after: 'v1' })
  expect(readPage(new URLSearchParams())).toEqual({ limit: 1000, after: undefined })
})

test('CVE-2023-2253: no number of entries makes a page longer than a thousand', () => {
  fc.assert(
    fc.property(fc.bigInt({ min: 0n, max: 10n ** 30n }), (n) => {
      const { limit } = readPage(new URLSearchParams({ n: String(n) }))
      expect(limit).toBe(n > 1000n ? 1000 : Number(n))
    }),
  )
})

test.each(['', '-1', 'ten', '1.5', '1e3', ' 1'])('%j is no number of entries', (n) => {
  expect(() => readPage(new URLSearchParams({ n }))).toThrow(InvalidParameterError)
})

test('following the links shows every entry once, and the last page leads nowhere', () => {
  fc.assert(
    fc.property(fc.nat(30), fc.integer({ min: 1, max: 12 }), (count, n) => {
      const all = Array.from({ length: count }, (_, index) => index)
      const seen: number[] = []
      let after: number | undefined = -1
      while (after !== undefined) {
        const start: number = after
        const found = all.filter((entry) => entry > start).slice(0, n + 1)
        const { entries, last } = cutToPage(found, { limit: n, after: undefined })
        seen.push(...entries)
        after = last
      }
      expect(seen).toEqual(all)
    }),
  )
})

test('an empty page that was asked for leads nowhere', () => {
  expect(cutToPage(['a'], { limit: 0, after: undefined })).toEqual({ entries: [], last: undefined })
})

test('a link keeps the other parameters and escapes what it adds', () => {
  const query = new URLSearchParams('n=2&last=a&artifactType=x/y')
  const { link = '' } = nextPageLink('/v2/app/tags/list', query, 'b&c')
  const [, target = ''] = /^<(.+)>; rel="next"$/.exec(link) ?? []
  const { pathname, searchParams } = new URL(target, 'http://registry')
  expect(pathname).toBe('/v2/app/tags/list')
  expect(Object.fromEntries(searchParams)).toEqual({ n: '2', last: 'b&c', artifactType: 'x/y' })
})
