import { InvalidParameterError } from '../../core/errors.ts'

/** The most entries a page has, whatever the client asks for (ECR's maxResults). */
const largestPage = 1000

/** One page of a list: `limit` entries from the first after `after`. */
export interface Page {
  readonly limit: number
  readonly after: string | undefined
}

/**
 * Reads `n` and `last`. Of an `n` over 1000 the answer is a page of 1000 with a link to the next: the specification promises a list
 * to whoever asks, where ECR refuses.
 *
 * @throws InvalidParameterError at `maxResults`, in ECR's words, for an `n` that is no number
 * @see distribution spec, "Listing Tags"
 */
export function readPage(query: URLSearchParams): Page {
  const n = query.get('n')
  return { limit: n === null ? largestPage : readLimit(n), after: query.get('last') ?? undefined }
}

function readLimit(text: string): number {
  if (!/^[0-9]+$/.test(text)) throw new InvalidParameterError('maxResults', 'Member must be a number')
  return Math.min(Number(text), largestPage)
}

/** The `Link` header that leads to the entries after `last`, with the request's other parameters kept. */
export function nextPageLink(path: string, query: URLSearchParams, last: string): Record<string, string> {
  const next = new URLSearchParams(query)
  next.set('last', last)
  return { link: `<${path}?${next}>; rel="next"` }
}

/**
 * Makes a page of what was found: `found` was read with a limit one higher than the page's, so as to know whether there is more.
 * An empty page, asked for with `n=0`, leads nowhere.
 */
export function cutToPage<Entry>(
  found: readonly Entry[],
  { limit }: Page,
): { entries: readonly Entry[]; last: Entry | undefined } {
  const entries = found.slice(0, limit)
  return { entries, last: found.length > limit ? entries.at(-1) : undefined }
}
