import { isObject } from '../event-patterns/leaf.ts'
import { ownMember } from '../own-member.ts'
import { InvalidQueueAttributeError, QueueUnsupportedError, UnknownQueueAttributeError } from './errors.ts'
import { parseQueueArn } from './queue.ts'

/** By SQS's names, as texts. */
export type QueueAttributes = Readonly<Record<string, string>>

/** Numbers that a queue has: the least, the most, and what it is unless told. */
const numbers: Readonly<Record<string, readonly [least: number, most: number, usual: number]>> = {
  DelaySeconds: [0, 900, 0],
  MaximumMessageSize: [1_024, 1_048_576, 1_048_576],
  MessageRetentionPeriod: [60, 1_209_600, 345_600],
  ReceiveMessageWaitTimeSeconds: [0, 20, 0],
  VisibilityTimeout: [0, 43_200, 30],
}

export type QueueNumber =
  | 'DelaySeconds'
  | 'MaximumMessageSize'
  | 'MessageRetentionPeriod'
  | 'ReceiveMessageWaitTimeSeconds'
  | 'VisibilityTimeout'

/** SQS knows these; Berth would do nothing by them, but for the values that ask for nothing. */
const unoffered: Readonly<Record<string, readonly string[]>> = {
  FifoQueue: ['false'],
  ContentBasedDeduplication: ['false'],
  DeduplicationScope: [],
  FifoThroughputLimit: [],
  KmsMasterKeyId: [''],
  KmsDataKeyReusePeriodSeconds: [],
  SqsManagedSseEnabled: ['false'],
  RedriveAllowPolicy: [''],
}

/**
 * A queue's attributes with others set; an empty policy takes it away.
 *
 * @param isPolicy whether a text is a policy for a queue
 * @throws UnknownQueueAttributeError, InvalidQueueAttributeError, QueueUnsupportedError
 * @see Amazon SQS API reference, SetQueueAttributes
 */
export function withQueueAttributes(
  before: QueueAttributes,
  given: QueueAttributes,
  isPolicy: (text: string) => boolean,
): QueueAttributes {
  for (const [name, value] of Object.entries(given)) check(name, value, isPolicy)
  const kept = Object.entries({ ...before, ...given }).filter(
    ([name, value]) => value !== '' && ownMember(unoffered, name) === undefined,
  )
  return Object.fromEntries(kept)
}

function check(name: string, value: string, isPolicy: (text: string) => boolean): void {
  const limits = ownMember(numbers, name)
  const nothing = ownMember(unoffered, name)
  if (limits !== undefined) checkNumber(name, value, limits)
  else if (nothing === undefined) checkDocument(name, value, isPolicy)
  else if (!nothing.includes(value)) {
    throw new QueueUnsupportedError(`Berth does not offer ${name} '${value}'.`)
  }
}

function checkDocument(name: string, value: string, isPolicy: (text: string) => boolean): void {
  if (name !== 'Policy' && name !== 'RedrivePolicy') throw new UnknownQueueAttributeError(name)
  if (value === '') return
  if (name === 'Policy' && !isPolicy(value)) throw new InvalidQueueAttributeError('Policy')
  if (name === 'RedrivePolicy' && redriveOf({ RedrivePolicy: value }) === undefined) {
    throw new InvalidQueueAttributeError(
      'RedrivePolicy',
      'It needs a deadLetterTargetArn and a maxReceiveCount from 1 to 1000.',
    )
  }
}

function checkNumber(name: string, value: string, [least, most]: readonly [number, number, number]): void {
  const number = Number(value)
  if (/^\d{1,9}$/.test(value) && number >= least && number <= most) return
  throw new InvalidQueueAttributeError(name)
}

/** A number that a queue goes by. */
export function numberOf(attributes: QueueAttributes, name: QueueNumber): number {
  const [, , usual = 0] = numbers[name] ?? []
  return Number(attributes[name] ?? usual)
}

/** Attributes with everything that was never set. */
export function allAttributes(attributes: QueueAttributes): QueueAttributes {
  const usual = Object.entries(numbers).map(([name, [, , value]]) => [name, String(value)])
  return { ...Object.fromEntries(usual), SqsManagedSseEnabled: 'false', ...attributes }
}

/** Where messages go that were received too often; undefined where there is no such place. */
export interface Redrive {
  readonly deadLetterArn: string
  readonly mostReceives: number
}

export function redriveOf({ RedrivePolicy: text }: QueueAttributes): Redrive | undefined {
  const policy = text === undefined ? undefined : parse(text)
  if (!isObject(policy)) return undefined
  const { deadLetterTargetArn: deadLetterArn, maxReceiveCount } = policy
  const mostReceives = Number(maxReceiveCount)
  const isCount = Number.isInteger(mostReceives) && mostReceives >= 1 && mostReceives <= 1_000
  if (typeof deadLetterArn !== 'string' || parseQueueArn(deadLetterArn) === undefined || !isCount) {
    return undefined
  }
  return { deadLetterArn, mostReceives }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
