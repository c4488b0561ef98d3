import type { Permission } from '../../access/permission.ts'
import { isAccountId } from '../../core/names/account-id.ts'
import { QueueNotFoundError, QueueParameterError } from '../../core/queues/errors.ts'
import { type QueueKey, queueArn } from '../../core/queues/queue.ts'
import type { Call } from '../service.ts'

const namePattern = /^[A-Za-z0-9_-]{1,80}$/

/** A queue of the caller's registry, or of another account there. @throws QueueParameterError for what can't be a queue's name */
export function queueNamed(name: string, { registry }: Call, owner?: string): QueueKey {
  if (!namePattern.test(name)) {
    throw new QueueParameterError(
      'Can only include alphanumeric characters, hyphens, or underscores. 1 to 80 in length',
    )
  }
  const account = owner ?? registry.account
  if (!isAccountId(account)) throw new QueueNotFoundError()
  return { account, region: registry.region, name }
}

/** The queue that a URL names by its path, whatever its host; a name alone is one of the caller's. @throws QueueNotFoundError */
export function queueAt(url: string, call: Call): QueueKey {
  const [, account, name = ''] = /^https?:\/\/[^/]+\/(\d{12})\/([^/]+)$/.exec(url) ?? [url, undefined, url]
  if (!namePattern.test(name)) throw new QueueNotFoundError()
  return queueNamed(name, call, account)
}

/** `<this server>/<account>/<name>` */
export function queueUrl({ account, name }: QueueKey, { endpoint }: Call): string {
  return `${endpoint}/${account}/${name}`
}

/** @see Service authorization reference, "Resource types defined by Amazon SQS" */
export function onQueue(
  action: `sqs:${string}`,
  queue: QueueKey,
  context?: Permission['context'],
): readonly Permission[] {
  return [{ action, resource: queueArn(queue), owner: queue.account, ...(context && { context }) }]
}

/** A number of a request within its limits; undefined where none is given. @throws QueueParameterError */
export function numberIn(
  name: string,
  value: number | undefined,
  [least, most]: readonly [number, number],
): number | undefined {
  if (value === undefined || (value >= least && value <= most)) return value
  throw new QueueParameterError(
    `Value ${value} for parameter ${name} is invalid. Reason: Must be between ${least} and ${most}, if provided.`,
  )
}
