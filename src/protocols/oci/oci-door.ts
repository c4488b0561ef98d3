import type { StoredAccessKeys } from '../../access/stored-access-keys.ts'
import { RateExceededError } from '../../core/errors.ts'
import type { RegistryKey } from '../../core/names/registry-key.ts'
import { AccessDeniedError } from '../../core/policies/errors.ts'
import type { Log } from '../../observability/log.ts'
import type { HttpDoor, HttpRequest, HttpResponse } from '../http/exchange.ts'
import { surroundingsOf } from '../surroundings.ts'
import { admit } from './admission.ts'
import { refusalAnswer } from './answers.ts'
import { challengeAnswer } from './challenge.ts'
import { dispatch } from './dispatch.ts'
import type { OciContext, RegistryRequest } from './endpoint.ts'
import { refusalFor } from './errors.ts'
import type { KnownCredentials } from './read-credentials.ts'
import { expiredToken } from './refusals.ts'
import { tokenAnswer, tokenPath } from './token-endpoint.ts'

export interface OciDoorOptions extends OciContext, KnownCredentials {
  /** Tells whether a login's key is still good. */
  readonly keys: Pick<StoredAccessKeys, 'isLive'>
  /** The domain under which host names tell registries apart; without it the token alone does. */
  readonly registryDomain?: string | undefined
  /** The registry of callers without credentials; undefined when they are not let in. */
  readonly anonymousRegistry?: RegistryKey | undefined
  readonly log: Log
}

/**
 * The `/v2/` door: OCI distribution spec 1.1 with ECR's authentication and ECR's error texts. It answers every request, its own
 * failures included, which are logged whole and answered without details.
 */
export function createOciDoor(options: OciDoorOptions): HttpDoor {
  return async (http) => {
    try {
      return await answer(http, options)
    } catch (error) {
      return refuse(error, http, options.log)
    }
  }
}

async function answer(http: HttpRequest, options: OciDoorOptions): Promise<HttpResponse> {
  if (http.isSurplus) throw new RateExceededError()
  if (options.anonymousRegistry && pathOf(http) === tokenPath) return tokenAnswer(http, options)
  const admission = await admit(http, options)
  if (admission.state !== 'admitted') {
    return admission.state === 'expired' ? refusalAnswer(expiredToken) : reject(http, options)
  }
  const { caller, registryKey } = admission
  const surroundings = surroundingsOf(http)
  const request = { http, caller, surroundings, registryKey, query: queryOf(http.url) }
  http.notes.caller = caller.arn
  if ('anonymous' in caller) return answerAnonymously(request, options)
  if (caller.keyId !== undefined && !(await options.keys.isLive(caller.keyId)))
    return challenge(http, options)
  return dispatch(request, options)
}

/** Wrong credentials are told what right ones there are, as none at all. */
function reject(http: HttpRequest, options: OciDoorOptions): HttpResponse {
  http.notes.isRejected = http.headers.authorization !== undefined
  return challenge(http, options)
}

function challenge(http: HttpRequest, { anonymousRegistry }: OciDoorOptions): HttpResponse {
  return challengeAnswer(http, anonymousRegistry && tokenPath)
}

/**
 * Gives whoever has no credentials what policies give to everyone, and asks for credentials where that isn't enough. A client that
 * asks what credentials a registry wants, before anything else, is told.
 */
async function answerAnonymously(request: RegistryRequest, options: OciDoorOptions): Promise<HttpResponse> {
  const { http } = request
  const path = pathOf(http)
  if (http.headers.authorization === undefined && (path === '/v2/' || path === '/v2'))
    return challenge(http, options)
  try {
    return await dispatch(request, options)
  } catch (error) {
    if (!(error instanceof AccessDeniedError)) throw error
    return challenge(http, options)
  }
}

function pathOf({ url }: Pick<HttpRequest, 'url'>): string | undefined {
  return url.split('?', 1)[0]
}

/** Nobody adds to a query. */
const noQuery = new URLSearchParams()

function queryOf(url: string): URLSearchParams {
  const at = url.indexOf('?')
  return at < 0 ? noQuery : new URLSearchParams(url.slice(at + 1))
}

function refuse(error: unknown, { id, method, url, notes }: HttpRequest, log: Log): HttpResponse {
  const refusal = refusalFor(error)
  notes.refusal = refusal?.code ?? 'UNKNOWN'
  if (refusal === undefined || refusal.status >= 500)
    log.error({ requestId: id, method, path: pathOf({ url }), err: error }, 'A registry request failed')
  if (refusal !== undefined) return refusalAnswer(refusal)
  const message = `The registry failed; its log knows more under ${id}`
  return refusalAnswer({ status: 500, code: 'UNKNOWN', message })
}
