import { text } from 'node:stream/consumers'
import type { FetchDocument } from './access/web-identity/fetch-keys.ts'
import { IssuerKeys } from './access/web-identity/issuer-keys.ts'
import { WebIdentities } from './access/web-identity/web-identities.ts'
import { noVerificationKey, unreachableIssuer } from './core/iam/web-identity-errors.ts'
import type { Log } from './observability/log.ts'
import type { OutboundClient } from './outbound/outbound-client.ts'
import { OutboundTimeoutError, UnreachableError } from './outbound/outbound-errors.ts'
import type { MetadataStore } from './stores/metadata/metadata-store.ts'

/** Milliseconds until an issuer has answered. */
const deadline = 10_000

/** Whom tokens speak of: their issuers' keys come by the one way to other servers. */
export function openWebIdentities(parts: {
  readonly metadata: MetadataStore
  readonly outbound: OutboundClient
  readonly now: () => Date
  readonly log: Log
}): WebIdentities {
  const { metadata, outbound, now, log } = parts
  const onFailure = (told: object) => log.warn(told, "The keys of an issuer of tokens can't be had")
  const keys = new IssuerKeys({ fetchDocument: fetchWith(outbound), now, onFailure })
  return new WebIdentities({ metadata, keys, now })
}

function fetchWith(outbound: OutboundClient): FetchDocument {
  return async (url, limits) => {
    try {
      return await fetchJson(outbound, url, limits)
    } catch (error) {
      throw mayPass(error) ? unreachableIssuer(error) : noVerificationKey(error)
    }
  }
}

/** An issuer answered, and not with what was asked for. */
class UnexpectedStatusError extends Error {
  override readonly name = 'UnexpectedStatusError'
  readonly status: number
  constructor(url: URL, status: number) {
    super(`${url} answered ${status}`)
    this.status = status
  }
}

function mayPass(error: unknown): boolean {
  if (error instanceof UnexpectedStatusError) return error.status >= 500
  return error instanceof UnreachableError || error instanceof OutboundTimeoutError
}

/** @throws {OutboundError}, UnexpectedStatusError, SyntaxError for what is no JSON */
async function fetchJson(
  outbound: OutboundClient,
  url: URL,
  limits: Parameters<FetchDocument>[1],
): Promise<unknown> {
  const headers = { accept: 'application/json' }
  await using answer = await outbound.send({ method: 'GET', url, headers, deadline, ...limits })
  if (answer.status !== 200) throw new UnexpectedStatusError(url, answer.status)
  return JSON.parse(await text(answer.body))
}
