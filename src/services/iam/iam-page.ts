import { readPage } from '../page.ts'
import type { Call } from '../service.ts'

const defaultPageSize = 100

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
  return { rows, paging: { IsTruncated: nextToken !== undefined, Marker: nextToken } }
}
