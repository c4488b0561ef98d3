import type { Surroundings } from '../../access/surroundings.ts'
import { RateExceededError } from '../../core/errors.ts'
import { abridge } from '../../observability/abridge.ts'
import type { ReceivingShare } from '../../registry/memory-budget.ts'
import type { BoundAction, BoundUnsignedAction, Call, UnsignedCall } from '../../services/service.ts'
import type { HttpResponse } from '../http/exchange.ts'
import { permit } from '../permit.ts'
import type { AwsRequest } from './aws-request.ts'
import { chooseProtocol } from './choose-protocol.ts'
import type { Fault } from './fault.ts'
import { faultOf } from './fault-of.ts'
import type { AwsFrontOptions } from './front-options.ts'
import { pagesOf } from './page-tokens.ts'
import type { Protocol } from './protocol.ts'
import { RefusalError } from './refusal.ts'
import type { OfferedService, ServedService } from './served-service.ts'
import { authenticate, type Identity, type PendingSignature } from './signature/authenticate.ts'
import type { Target } from './target.ts'
import { findBreaches } from './validation/find-breaches.ts'
import type { Members } from './values.ts'
import { withoutSecrets } from './without-secrets.ts'

/** As bytes, as text, parsed, and decoded: what a layer part is at its peak. */
const copiesOfBody = 4

/** A call whose caller and input are known. */
interface ReceivedCall extends UnsignedCall {
  readonly input: Members
  readonly surroundings: Surroundings
}

/** One request on its way through the front end. How far it came decides how its error looks. */
export class AwsExchange {
  readonly #request: AwsRequest
  readonly #services: readonly OfferedService[]
  readonly #options: AwsFrontOptions
  readonly #protocol: Protocol
  readonly #held = new DisposableStack()
  #target: Target | undefined
  #input: Members | undefined

  constructor(request: AwsRequest, services: readonly OfferedService[], options: AwsFrontOptions) {
    this.#request = request
    this.#services = services
    this.#options = options
    this.#protocol = chooseProtocol(request)
  }

  /** Answers the request, whatever happens. */
  async answer(): Promise<HttpResponse> {
    try {
      return await this.#succeed()
    } catch (error) {
      return this.#fail(error)
    } finally {
      this.#held.dispose()
    }
  }

  async #succeed(): Promise<HttpResponse> {
    const { notes, isSurplus } = this.#request
    if (isSurplus) throw new RateExceededError()
    const target = await this.#protocol.dispatch(this.#request, this.#services)
    this.#target = target
    notes.route = `${target.served.model.name}:${target.operation.name}`
    const { action } = target
    const { input, who, surroundings, permissions, run } = await ('open' in action
      ? this.#receiveUnsigned(target, action)
      : this.#receiveSigned(target, action))
    await permit(await permissions(), { who, surroundings, notes, authorise: this.#options.authorise })
    const { isChange } = notes
    if (isChange) notes.parameters = abridge(withoutSecrets(target.operation.input, input))
    const output = await run()
    if (isChange) notes.result = abridge(withoutSecrets(target.operation.output, output))
    return this.#protocol.writeOutput(this.#request, target, output)
  }

  async #receiveSigned(target: Target, action: BoundAction): Promise<ReceivedCall> {
    const { input, identity } = await this.#receive(target)
    const call = this.#callOf(target, identity, input)
    return {
      input,
      who: call.caller,
      surroundings: call.surroundings,
      permissions: () => action.permissions(input, call),
      run: () => action.run(input, call),
    }
  }

  /** Who calls is what the input proves; no region is known, since none was signed for. */
  async #receiveUnsigned(target: Target, action: BoundUnsignedAction): Promise<ReceivedCall> {
    const input = this.#readInput(target, await this.#readBody(target))
    const { who, permissions, run } = await action.open(input)
    this.#request.notes.caller = who.arn
    return { input, who, surroundings: this.#request.surroundings, permissions, run }
  }

  async #receive(target: Target): Promise<{ input: Members; identity: Identity }> {
    const signature = await this.#authenticate(target.served)
    const body = await this.#readBody(target)
    const identity = signature.verify(body)
    this.#request.notes.caller = identity.caller.arn
    this.#tellOfSigner(target, identity)
    return { input: this.#readInput(target, body), identity }
  }

  #readInput(target: Target, body: Uint8Array): Members {
    const input = target.readInput(body)
    this.#input = input
    const breach = target.served.manners.explain(findBreaches(target.operation.input, input))
    if (breach) throw breach
    return input
  }

  #tellOfSigner({ served }: Target, { caller, region }: Identity): void {
    this.#options.onSigned?.(caller, { service: served.model.name, region })
  }

  /** @throws RateExceededError when there is no memory for it, or when others need what a slow sender holds */
  async #readBody(target: Target): Promise<Uint8Array> {
    const share = await this.#reserveMemory(target)
    try {
      return await target.readBody(share.revoked)
    } catch (error) {
      if (share.revoked.aborted) throw new RateExceededError()
      throw error
    } finally {
      share.received()
    }
  }

  /** @throws RateExceededError */
  async #reserveMemory({ served }: Target): Promise<ReceivingShare> {
    const { bodyLimit } = served.manners
    const bytes = Math.min(this.#request.announcedBytes ?? (this.#request.hasBody ? bodyLimit : 0), bodyLimit)
    return this.#held.use(await this.#options.memory.leaseToReceive(bytes * copiesOfBody))
  }

  #authenticate({ model, manners }: ServedService): Promise<PendingSignature> {
    const { accessKeys: keys, now } = this.#options
    const service = { name: model.name, clockMinutes: manners.clockMinutes }
    return authenticate(this.#request, service, { keys, now })
  }

  #callOf({ served, operation }: Target, { caller, region }: Identity, input: Members): Call {
    const registry = { account: caller.account, region }
    const hasOwnTokens = served.manners.ownTokens.includes(operation.name)
    const paged = { operation: `${served.model.name}:${operation.name}`, registry, input, hasOwnTokens }
    return {
      caller,
      registry,
      surroundings: { ...this.#request.surroundings, region },
      requestId: this.#request.id,
      endpoint: this.#request.endpoint,
      pages: pagesOf(paged, this.#options.pageSeal),
    }
  }

  #fail(error: unknown): HttpResponse {
    const served = this.#target?.served
    const known = faultOf({ error, protocol: this.#protocol, served, input: this.#input })
    const fault = known ?? this.#internalFault()
    this.#request.notes.refusal = fault.code
    this.#request.notes.isRejected = isGuess(error)
    if (fault.status >= 500) this.#logFailure(error)
    return this.#protocol.writeFault(this.#request, this.#target, fault)
  }

  #internalFault(): Fault {
    const message = `The server could not complete the request; its log says why under the request id ${this.#request.id}`
    return { ...this.#protocol.internal, message }
  }

  #logFailure(err: unknown): void {
    const facts = {
      requestId: this.#request.id,
      service: this.#target?.served.model.name,
      operation: this.#target?.operation.name,
      err,
    }
    this.#options.log.error(facts, 'An AWS call failed for a reason on this side')
  }
}

/** Whether credentials were wrong that somebody may be trying out. */
function isGuess(error: unknown): boolean {
  return error instanceof RefusalError && ['unknown-key', 'signature-mismatch'].includes(error.reason)
}
