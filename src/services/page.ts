import type { Call } from './service.ts'

/** Some rows of a listing. */
export interface Page<Row> {
  readonly rows: readonly Row[]
  /** Undefined on the last page. */
  readonly nextToken: string | undefined
}

/**
 * Reads one page of at most `size` rows. It asks for one row more than it shows, and so knows whether another page follows
 * without counting; `positionOf` says where that page starts after.
 */
export async function readPage<Row>(
  call: Call,
  listing: {
    readonly size: number
    readonly read: (limit: number) => Promise<readonly Row[]>
    readonly positionOf: (last: Row) => unknown
  },
): Promise<Page<Row>> {
  const found = await listing.read(listing.size + 1)
  const rows = found.slice(0, listing.size)
  const last = found.length > rows.length ? rows.at(-1) : undefined
  return { rows, nextToken: last && call.pages.next(listing.positionOf(last)) }
}
