/** A page as Berth's operations answer it. */
export interface AnswerPage<Row> {
  readonly rows: readonly Row[]
  readonly nextToken?: string | undefined
}

/** What to ask for a page. */
export interface PageRequest {
  readonly maxResults: number
  readonly nextToken: string | undefined
}

const largestPage = 1_000

/** Reads pages until there are `limit` rows or no more; `isAll` says which. */
export async function readPages<Row>(
  limit: number,
  readPage: (page: PageRequest) => Promise<AnswerPage<Row>>,
): Promise<{ readonly rows: readonly Row[]; readonly isAll: boolean }> {
  const rows: Row[] = []
  let nextToken: string | undefined
  do {
    const page = await readPage({ maxResults: Math.min(limit - rows.length, largestPage), nextToken })
    rows.push(...page.rows)
    nextToken = page.nextToken
  } while (nextToken !== undefined && rows.length < limit)
  return { rows, isAll: nextToken === undefined }
}
