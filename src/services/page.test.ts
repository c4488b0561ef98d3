import fc from 'fast-check'
import { expect, test } from 'vitest'
import { parseAccountId } from '../core/names/account-id.ts'
import { parseRegion } from '../core/names/region.ts'
import { readPage } from './page.ts'
import type { Call } from './service.ts'

test('pages put together are the listing, whatever their size', async () => {
  await fc.assert(
    fc.asyncProperty(fc.nat(40), fc.integer({ min: 1, max: 15 }), async (count, size) => {
      const listing = Array.from({ length: count }, (_, index) => index)
      const pages = await readAll(listing, size)
      expect(pages.flat()).toEqual(listing)
      expect(pages.slice(0, -1).every((page) => page.length === size)).toBe(true)
      expect(pages).toHaveLength(Math.max(1, Math.ceil(count / size)))
    }),
  )
})

async function readAll(listing: readonly number[], size: number): Promise<(readonly number[])[]> {
  const pages: (readonly number[])[] = []
  let after: number | undefined
  do {
    const start = after === undefined ? 0 : after + 1
    const { rows, nextToken } = await readPage(call, {
      size,
      read: async (limit) => listing.slice(start, start + limit),
      positionOf: (last) => last,
    })
    pages.push(rows)
    after = nextToken === undefined ? undefined : Number(nextToken)
  } while (after !== undefined)
  return pages
}

const account = parseAccountId('111122223333')
const call: Call = {
  caller: { account, arn: 'arn:aws:iam::111122223333:root', userId: account },
  registry: { account, region: parseRegion('us-east-1') },
  surroundings: { sourceIp: '127.0.0.1', isSecure: false },
  requestId: 'request-1',
  endpoint: 'http://localhost:4566',
  pages: { position: undefined, next: String },
}
