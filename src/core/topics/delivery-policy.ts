import { isObject, type JsonObject } from '../event-patterns/leaf.ts'
import { InvalidTopicParameterError } from './errors.ts'

/** How often and how soon a message is tried again at a web hook. Times are in seconds. */
export interface RetryPolicy {
  readonly minDelayTarget: number
  readonly maxDelayTarget: number
  /** Tries after the first, in four phases: at once, after the least delay, with growing delays, after the greatest. */
  readonly numRetries: number
  readonly numNoDelayRetries: number
  readonly numMinDelayRetries: number
  readonly numMaxDelayRetries: number
  readonly backoffFunction: 'linear' | 'arithmetic' | 'geometric' | 'exponential'
}

/** How messages go to a web hook. */
export interface DeliveryPolicy {
  readonly retry?: RetryPolicy | undefined
  readonly maxReceivesPerSecond?: number | undefined
  readonly contentType?: string | undefined
}

/** What stands in a policy that says only a part. */
const usual: RetryPolicy = {
  minDelayTarget: 20,
  maxDelayTarget: 20,
  numRetries: 3,
  numNoDelayRetries: 0,
  numMinDelayRetries: 0,
  numMaxDelayRetries: 0,
  backoffFunction: 'linear',
}

const backOffs: readonly string[] = ['linear', 'arithmetic', 'geometric', 'exponential']
/** All delays of a policy together. */
const longest = 3_600

/** What a policy of a subscription or of a topic is called by SNS. */
const names = {
  subscription: { retry: 'healthyRetryPolicy', throttle: 'throttlePolicy', request: 'requestPolicy' },
  topic: {
    retry: 'defaultHealthyRetryPolicy',
    throttle: 'defaultThrottlePolicy',
    request: 'defaultRequestPolicy',
  },
} as const

/**
 * Reads the DeliveryPolicy of a subscription or of a topic.
 *
 * @param prefix what stands before the error's text
 * @throws InvalidTopicParameterError
 * @see Amazon SNS developer guide, "Creating an HTTP/S delivery policy"
 */
export function readDeliveryPolicy(text: string, of: 'subscription' | 'topic', prefix = ''): DeliveryPolicy {
  const invalid = (why: string) => new InvalidTopicParameterError(`${prefix}DeliveryPolicy: ${why}`)
  const document = parse(text)
  const policy = of === 'topic' && isObject(document) ? document.http : document
  if (!isObject(policy)) throw invalid('failed to parse JSON. The policy must be a JSON object')
  const { retry, throttle, request } = names[of]
  const known: readonly string[] = [
    retry,
    throttle,
    request,
    'disableSubscriptionOverrides',
    'sicklyRetryPolicy',
    'guaranteed',
  ]
  const unknown = Object.keys(policy).find((name) => !known.includes(name))
  if (unknown !== undefined) throw invalid(`Unexpected JSON member: ${unknown}`)
  if (policy.guaranteed === true) throw invalid('guaranteed: Berth does not offer it')
  if (policy.sicklyRetryPolicy) throw invalid('sicklyRetryPolicy: Berth does not offer it')
  return {
    ...(isObject(policy[retry]) && { retry: readRetry(policy[retry], invalid) }),
    ...readThrottle(policy[throttle], invalid),
    ...readRequest(policy[request], invalid),
  }
}

type Invalid = (why: string) => InvalidTopicParameterError

function readRetry(given: JsonObject, invalid: Invalid): RetryPolicy {
  const policy = { ...usual, ...given }
  const { backoffFunction, minDelayTarget, maxDelayTarget, numRetries } = policy
  const unknown = Object.keys(policy).find((name) => !Object.hasOwn(usual, name))
  if (unknown !== undefined) throw invalid(`Unexpected JSON member: ${unknown}`)
  if (!backOffs.includes(backoffFunction))
    throw invalid(`backoffFunction must be one of ${backOffs.join(', ')}`)
  const { backoffFunction: _, ...numbers } = policy
  for (const [name, value] of Object.entries(numbers)) {
    if (!Number.isInteger(value) || value < 0) throw invalid(`${name} must be a number`)
  }
  if (numRetries > 100) throw invalid('numRetries must be less than or equal to 100')
  if (minDelayTarget < 1) throw invalid('minDelayTarget must be greater than or equal to 1')
  if (minDelayTarget > maxDelayTarget)
    throw invalid('minDelayTarget must be less than or equal to maxDelayTarget')
  const phases = policy.numNoDelayRetries + policy.numMinDelayRetries + policy.numMaxDelayRetries
  if (phases > numRetries) throw invalid('numRetries must be greater than or equal to the sum of its phases')
  const delays = Array.from({ length: numRetries }, (_retry, place) => retryDelay(policy, place + 1))
  if (delays.reduce((sum, delay) => sum + delay, 0) > longest * 1000) {
    throw invalid(`the delays of all retries must be at most ${longest} seconds`)
  }
  return policy
}

function readThrottle(given: unknown, invalid: Invalid): Pick<DeliveryPolicy, 'maxReceivesPerSecond'> {
  if (!isObject(given) || given.maxReceivesPerSecond === undefined) return {}
  const { maxReceivesPerSecond: most } = given
  if (typeof most === 'number' && Number.isInteger(most) && most >= 1) return { maxReceivesPerSecond: most }
  throw invalid('maxReceivesPerSecond must be greater than or equal to 1')
}

function readRequest(given: unknown, invalid: Invalid): Pick<DeliveryPolicy, 'contentType'> {
  if (!isObject(given) || given.headerContentType === undefined) return {}
  const { headerContentType: type } = given
  if (typeof type === 'string' && /^[\w.+-]+\/[\w.+-]+(; ?charset=[\w-]+)?$/i.test(type))
    return { contentType: type }
  throw invalid('headerContentType is not valid')
}

/** How a web hook gets messages: as its subscription says, and where that is silent as its topic does. */
export function effectivePolicy(topic: string | undefined, subscription: string | undefined): DeliveryPolicy {
  const general = topic === undefined ? {} : readDeliveryPolicy(topic, 'topic')
  return { ...general, ...(subscription !== undefined && readDeliveryPolicy(subscription, 'subscription')) }
}

/** How many milliseconds to wait before the `retry`th try after the first. */
export function retryDelay(policy: RetryPolicy, retry: number): number {
  const {
    numRetries,
    numNoDelayRetries: none,
    numMinDelayRetries: least,
    numMaxDelayRetries: greatest,
  } = policy
  if (retry <= none) return 0
  if (retry <= none + least) return policy.minDelayTarget * 1000
  if (retry > numRetries - greatest) return policy.maxDelayTarget * 1000
  const steps = numRetries - none - least - greatest
  const step = retry - none - least
  return Math.round(between(policy, steps === 1 ? 1 : (step - 1) / (steps - 1)) * 1000)
}

/** Seconds at a part of the way from the least delay to the greatest; the later functions begin more slowly. */
function between(
  { minDelayTarget: least, maxDelayTarget: greatest, backoffFunction }: RetryPolicy,
  part: number,
): number {
  switch (backoffFunction) {
    case 'linear':
      return least + (greatest - least) * part
    case 'arithmetic':
      return least + (greatest - least) * part ** 1.5
    case 'geometric':
      return least + (greatest - least) * part ** 2
    case 'exponential':
      return least * (greatest / least) ** part
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
