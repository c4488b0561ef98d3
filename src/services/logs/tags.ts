import { type LogGroupKey, logGroupArn } from '../../core/log-events/log-group.ts'
import { checkResourceTags, withResourceTags } from '../../core/repositories/resource-tags.ts'
import { findLogGroup } from '../../logs/find-log.ts'
import type { Logs } from '../../logs/logs.ts'

/** The tags of a request. @throws InvalidTagParameterError */
export function readTags(given: Readonly<Record<string, string>> | undefined): ReadonlyMap<string, string> {
  const tags = new Map(Object.entries(given ?? {}))
  checkResourceTags(tags)
  return tags
}

/** Puts tags on a log group. @throws LogResourceNotFoundError, TooManyTagsError */
export async function tagGroup(
  { metadata }: Logs,
  key: LogGroupKey,
  tags: ReadonlyMap<string, string>,
): Promise<void> {
  const arn = logGroupArn(key)
  await metadata.write(async (tx) => {
    await findLogGroup(tx.logs, key)
    withResourceTags(await tx.arnTags.of(arn), tags)
    await tx.arnTags.put(arn, tags)
  })
}

/** Takes tags off a log group. @throws LogResourceNotFoundError */
export async function untagGroup(
  { metadata }: Logs,
  key: LogGroupKey,
  keys: readonly string[],
): Promise<void> {
  await metadata.write(async (tx) => {
    await findLogGroup(tx.logs, key)
    await tx.arnTags.remove(logGroupArn(key), keys)
  })
}

/** The tags of a log group. @throws LogResourceNotFoundError */
export async function tagsOfGroup({ metadata }: Logs, key: LogGroupKey): Promise<Record<string, string>> {
  await findLogGroup(metadata.logs, key)
  return Object.fromEntries(await metadata.arnTags.of(logGroupArn(key)))
}
