import { LogResourceExistsError } from '../core/log-events/errors.ts'
import { type LogGroupKey, logGroupArn } from '../core/log-events/log-group.ts'
import type { Logs } from './logs.ts'

/** Makes a log group, which keeps its events for ever until it is told otherwise. @throws LogResourceExistsError */
export async function createLogGroup(
  { metadata, now }: Logs,
  key: LogGroupKey,
  tags: ReadonlyMap<string, string> = new Map(),
): Promise<void> {
  await metadata.write(async (tx) => {
    if (!(await tx.logs.addGroup({ ...key, createdAt: now() }))) throw new LogResourceExistsError('group')
    await tx.arnTags.put(logGroupArn(key), tags)
  })
}
