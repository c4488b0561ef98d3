import type { OutboundResponse } from '../outbound-request.ts'
import { checkAnswer } from './check-answer.ts'
import { refuseEncoding } from './fetch-manifest.ts'
import { readWhole } from './read-whole.ts'
import { RegistryFailedError } from './registry-errors.ts'
import type { RegistrySession } from './registry-session.ts'

const mostPages = 10
const maxBytes = 4_194_304
const deadline = 60_000

/**
 * The digests of what another registry says refers to a manifest, at most `limit`. Pages are gone on with below the same registry's
 * `/v2/<repository>/referrers/` alone, wherever a `Link` leads.
 *
 * @throws {RegistryAnswerError} RegistryNotFoundError also by registries without this part of the specification {@link OutboundError}
 * @see distribution spec, "Listing Referrers"
 */
export async function fetchReferrers(
  session: RegistrySession,
  wanted: {
    readonly repository: string
    readonly subject: string
    readonly limit: number
    readonly now: Date
    readonly signal?: AbortSignal | undefined
  },
): Promise<string[]> {
  const { repository, subject, limit, now, signal } = wanted
  const place = `/v2/${repository}/referrers/`
  const digests: string[] = []
  let path: string | undefined = `${place}${subject}`
  for (let pages = 0; pages < mostPages && path !== undefined && digests.length < limit; pages++) {
    await using answer: OutboundResponse = await session.send({
      method: 'GET',
      path,
      repository,
      maxBytes,
      deadline,
      signal,
    })
    checkAnswer(answer, now)
    refuseEncoding(answer)
    digests.push(...readDigests(await readWhole(answer.body), answer.url.host))
    path = nextPage(answer, session.place.origin, place)
  }
  return digests.slice(0, limit)
}

function readDigests(body: Buffer, host: string): string[] {
  const index = parse(body, host)
  const manifests: unknown =
    typeof index === 'object' && index !== null && 'manifests' in index ? index.manifests : []
  if (!Array.isArray(manifests)) throw new RegistryFailedError(`${host} answered with no list of referrers`)
  const digests = manifests.map((entry: unknown) =>
    typeof entry === 'object' && entry !== null && 'digest' in entry ? entry.digest : undefined,
  )
  return digests.filter((digest) => typeof digest === 'string')
}

function parse(body: Buffer, host: string): unknown {
  try {
    return JSON.parse(body.toString('utf8'))
  } catch (cause) {
    throw new RegistryFailedError(`${host} answered with no JSON`, { cause })
  }
}

function nextPage({ headers }: OutboundResponse, origin: string, place: string): string | undefined {
  const { link } = headers
  const [, target] = /<([^>]{1,4096})>\s*;\s*rel="?next"?/i.exec(typeof link === 'string' ? link : '') ?? []
  const url = target === undefined ? null : URL.parse(target, `${origin}${place}`)
  if (url === null || url.origin !== origin || !url.pathname.startsWith(place)) return undefined
  return `${url.pathname}${url.search}`
}
