import { readPage } from '../page.ts'
import type { Call } from '../service.ts'

export const defaultPageSize = 100

/** The members with which IAM pages. */
export interface PagedInput {
  readonly MaxItems?: number
}

/** One page of a listing that goes by folded names, and how to go on. */
export async function readIamPage<Row extends { readonly name: string }>(
  call: Call,
  { MaxItems = defaultPageSize }: PagedInput,
  read: (page: { readonly after: string | undefined; readonly limit: number }) => Promise<readonly Row[]>,
) {
  const { position } = call.pages
  const after = typeof position === 'string' ? position : undefined
  const { rows, nextToken } = await readPage(call, {
    size: MaxItems,
    read: (limit) => read({ after, limit }),
    positionOf: (last) => last.name.toLowerCase(),
  })
  return { rows, paging: pagingShape(nextToken) }
}

/** One page of what quotas keep short, by a key that each row has for itself. */
export async function pageOf<Row>(
  call: Call,
  { MaxItems = defaultPageSize }: PagedInput,
  all: readonly Row[],
  keyOf: (row: Row) => string,
) {
  const { position } = call.pages
  const sorted = all.toSorted((one, other) => (keyOf(one) < keyOf(other) ? -1 : 1))
  const rest = typeof position === 'string' ? sorted.filter((row) => keyOf(row) > position) : sorted
  const page = await readPage(call, {
    size: MaxItems,
    read: async (limit) => rest.slice(0, limit),
    positionOf: keyOf,
  })
  return { rows: page.rows, paging: pagingShape(page.nextToken) }
}

export function pagingShape(marker: string | undefined) {
  return { IsTruncated: marker !== undefined, Marker: marker }
}
