import type { RegistryKey } from '../../core/names/registry-key.ts'
import type { Queue } from '../../core/queues/queue.ts'
import { redriveOf } from '../../core/queues/queue-attributes.ts'
import type { QueueReader } from '../../stores/metadata/queues.ts'

const readAtOnce = 1_000

/** Queues whose messages end in the one of an ARN: so many, however many others lie between them. */
export async function sourceQueues(
  queues: QueueReader,
  registry: RegistryKey,
  {
    arn,
    after,
    limit,
  }: { readonly arn: string; readonly after?: string | undefined; readonly limit: number },
): Promise<readonly Queue[]> {
  const page = await queues.queues(registry, { after, limit: readAtOnce })
  const found = page.filter(({ attributes }) => redriveOf(attributes)?.deadLetterArn === arn).slice(0, limit)
  if (found.length === limit || page.length < readAtOnce) return found
  const rest = { arn, after: page.at(-1)?.name, limit: limit - found.length }
  return [...found, ...(await sourceQueues(queues, registry, rest))]
}
