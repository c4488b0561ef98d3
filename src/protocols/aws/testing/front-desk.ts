import { Seal } from '../../../access/seal.ts'
import { policyless } from '../../../access/testing/policyless.ts'
import type { Log } from '../../../observability/log.ts'
import { MemoryBudget } from '../../../registry/memory-budget.ts'
import type { Service, ServiceEntry } from '../../../services/service.ts'
import type { HttpDoor, HttpResponse } from '../../http/exchange.ts'
import { createAwsFront } from '../front.ts'
import { type Asked, exampleEcr, exampleSts } from './example-service.ts'
import { httpRequest, type RequestParts } from './http-request.ts'
import { signHeader, type Unsigned } from './official-signer.ts'
import { keys, now, signer } from './signing-world.ts'

/** A front end over the example services, and what happened behind it. */
export interface FrontDesk extends Asked {
  readonly door: HttpDoor
  /** Facts and sentences of everything logged as an error. */
  readonly errors: { readonly facts: object; readonly sentence: string }[]
  /** Sends a request just as it is. */
  send(parts: RequestParts): Promise<HttpResponse>
  /** Sends a signed JSON call to the example ECR. */
  ecr(operation: string, input: unknown, more?: Unsigned): Promise<HttpResponse>
  /** Sends a signed form to the example STS. */
  sts(form: string, more?: Unsigned): Promise<HttpResponse>
}

export const ecrTarget = 'AmazonEC2ContainerRegistry_V20150921'

export function openFrontDesk(
  time: () => Date = () => now,
  memory = new MemoryBudget({ bytes: 2 ** 28, patienceMs: 10_000 }),
): FrontDesk {
  const asked: Asked = { calls: [] }
  const errors: FrontDesk['errors'] = []
  const door = createAwsFront({
    services: [exampleEcr(asked), exampleSts()].map(loaded),
    accessKeys: keys,
    authorise: policyless.authorise.bind(policyless),
    pageSeal: new Seal(new Uint8Array(32).fill(1), 'page-token'),
    memory,
    now: time,
    log: logInto(errors),
  })
  const send = (parts: RequestParts): Promise<HttpResponse> => door(httpRequest(parts))
  return {
    ...asked,
    door,
    errors,
    send,
    async ecr(operation, input, more) {
      const body = typeof input === 'string' ? input : JSON.stringify(input)
      const headers = {
        'content-type': 'application/x-amz-json-1.1',
        'x-amz-target': `${ecrTarget}.${operation}`,
      }
      return send(await signHeader({ body, headers, ...more }, { ...signer, time: time() }))
    },
    async sts(form, more) {
      const headers = { 'content-type': 'application/x-www-form-urlencoded; charset=utf-8' }
      return send(
        await signHeader({ body: form, headers, ...more }, { ...signer, service: 'sts', time: time() }),
      )
    },
  }
}

/** A service that is there already. */
export function loaded(service: Service): ServiceEntry {
  return { name: service.name, load: async () => service }
}

/** The body of an answer, parsed. */
export function jsonOf({ body }: HttpResponse): unknown {
  return JSON.parse(String(body))
}

function logInto(errors: FrontDesk['errors']): Log {
  const ignore = (): void => {}
  return {
    debug: ignore,
    info: ignore,
    warn: ignore,
    error: (facts, sentence) => void errors.push({ facts, sentence }),
  }
}
