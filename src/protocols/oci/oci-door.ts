import type { RegistryTokens } from '../../access/registry-tokens.ts'
import type { StoredAccessKeys } from '../../access/stored-access-keys.ts'
import { RateExceededError } from '../../core/errors.ts'
import type { Log } from '../../observability/log.ts'
import type { HttpDoor, HttpRequest, HttpResponse } from '../http/exchange.ts'
import { surroundingsOf } from '../surroundings.ts'
import { admit } from './admission.ts'
import { refusalAnswer } from './answers.ts'
import { challengeAnswer } from './challenge.ts'
import { dispatch } from './dispatch.ts'
import type { OciContext } from './endpoint.ts'
import { refusalFor } from './errors.ts'
import type { Refusal } from './refusal.ts'

export interface OciDoorOptions extends OciContext {
  readonly tokens: RegistryTokens
  /** Tells whether a login's key is still good. */
  readonly keys: Pick<StoredAccessKeys, 'isLive'>
  /** The domain under which host names tell registries apart; without it the token alone does. */
  readonly registryDomain?: string | undefined
  readonly log: Log
}

const expired: Refusal = {
  status: 403,
  code: 'DENIED',
  message: 'Your authorization token has expired. Reauthenticate and try again.',
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
  const admission = admit(http, options)
  if (admission.state !== 'admitted') {
    return admission.state === 'expired' ? refusalAnswer(expired) : challengeAnswer(http)
  }
  const { caller, registryKey } = admission
  if (caller.keyId !== undefined && !(await options.keys.isLive(caller.keyId))) return challengeAnswer(http)
  http.notes.caller = caller.arn
  const surroundings = surroundingsOf(http)
  return dispatch({ http, caller, surroundings, registryKey, query: queryOf(http.url) }, options)
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
    log.error({ requestId: id, method, path: url.split('?', 1)[0], err: error }, 'A registry request failed')
  if (refusal !== undefined) return refusalAnswer(refusal)
  const message = `The registry failed; its log knows more under ${id}`
  return refusalAnswer({ status: 500, code: 'UNKNOWN', message })
}
