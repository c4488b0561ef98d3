import type { OutboundResponse } from '../outbound-request.ts'
import { checkAnswer } from './check-answer.ts'
import { readWhole } from './read-whole.ts'
import { RegistryFailedError } from './registry-errors.ts'
import type { RegistrySession } from './registry-session.ts'

/** A manifest of another registry, as it says; nothing of it has been checked. */
export interface FetchedManifest {
  readonly content: Buffer
  readonly mediaType: string | undefined
  /** What it says the digest is, where it does. */
  readonly digest: string | undefined
}

/** Which manifest, and how large one may be. */
export interface WantedManifest {
  readonly repository: string
  /** A tag or a digest. */
  readonly reference: string
  readonly accept: readonly string[]
  readonly maxBytes: number
  readonly now: Date
  readonly signal?: AbortSignal | undefined
}

const deadline = 60_000

/** Gets a manifest. @throws {RegistryAnswerError} {@link OutboundError} */
export async function fetchManifest(
  session: RegistrySession,
  wanted: WantedManifest,
): Promise<FetchedManifest> {
  await using answer = await ask(session, 'GET', wanted)
  checkAnswer(answer, wanted.now)
  refuseEncoding(answer)
  const content = await readWhole(answer.body)
  return { content, mediaType: answer.headers['content-type'], digest: digestHeader(answer) }
}

/** The digest that another registry says a manifest has now; undefined when it doesn't say. @throws {RegistryAnswerError} {@link OutboundError} */
export async function lookUpManifest(
  session: RegistrySession,
  wanted: WantedManifest,
): Promise<string | undefined> {
  await using answer = await ask(session, 'HEAD', wanted)
  checkAnswer(answer, wanted.now)
  return digestHeader(answer)
}

function ask(
  session: RegistrySession,
  method: 'GET' | 'HEAD',
  { repository, reference, accept, maxBytes, signal }: WantedManifest,
): Promise<OutboundResponse> {
  const path = `/v2/${repository}/manifests/${reference}`
  const headers = { accept: accept.join(', ') }
  return session.send({ method, path, repository, headers, maxBytes, deadline, signal })
}

function digestHeader({ headers }: OutboundResponse): string | undefined {
  const value = headers['docker-content-digest']
  return typeof value === 'string' ? value : undefined
}

/**
 * Bytes that were packed on the way don't hash to their digest, and may be any number of times as large as they look. Nobody
 * asked for them.
 *
 * @throws {RegistryFailedError}
 */
export function refuseEncoding({ headers, url }: OutboundResponse): void {
  const encoding = headers['content-encoding']
  if (encoding === undefined || encoding === 'identity') return
  throw new RegistryFailedError(`${url.host} answered with the content encoding ${JSON.stringify(encoding)}`)
}
