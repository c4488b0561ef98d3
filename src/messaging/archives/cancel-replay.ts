import { EventResourceNotFoundError, IllegalReplayStateError } from '../../core/events/errors.ts'
import { isUnderWay, type Replay, type ReplayKey } from '../../core/events/replay.ts'
import type { ArchiveReader } from '../../stores/metadata/archives.ts'
import type { Messaging } from '../messaging.ts'

/** Stops a replay; what it told until then stays told. @throws EventResourceNotFoundError, IllegalReplayStateError */
export async function cancelReplay({ metadata }: Messaging, key: ReplayKey): Promise<Replay> {
  return metadata.write(async (tx) => {
    await findReplay(tx.archives, key)
    const replay = await tx.archives.lockReplay(key)
    if (replay === undefined || !isUnderWay(replay)) throw new IllegalReplayStateError(key.name)
    const cancelled = { ...replay, state: 'CANCELLING' } as const
    await tx.archives.putReplay(cancelled)
    return cancelled
  })
}

/** @throws EventResourceNotFoundError */
export async function findReplay(archives: ArchiveReader, key: ReplayKey): Promise<Replay> {
  const replay = await archives.replay(key)
  if (replay === undefined) throw new EventResourceNotFoundError(`Replay ${key.name} does not exist.`)
  return replay
}
