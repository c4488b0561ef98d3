import { isUnderWay, type Replay, type ReplayKey } from '../../core/events/replay.ts'
import { isRegistryKey } from '../../core/names/registry-key.ts'
import type { ArchivedEvent } from '../../stores/metadata/archives.ts'
import type { MetadataTransaction } from '../../stores/metadata/metadata-store.ts'
import type { Messaging } from '../messaging.ts'

export const replayJobKind = 'replay-events'

/** Events that one transaction tells again. */
const toldAtOnce = 100

/** The job that runs a replay. */
export function replayJob({ account, region, name }: ReplayKey) {
  return { kind: replayJobKind, key: `${account} ${region} ${name}` }
}

/**
 * Does a replay's job: puts the archive's events before the rules again, each with the replay's name, so many in a transaction that notes
 * how far it came. Killed at any moment, it goes on where it was.
 *
 * @throws the signal's reason
 */
export async function runReplay(messaging: Messaging, job: string, signal: AbortSignal): Promise<void> {
  const [account, region, name = ''] = job.split(' ')
  const registry = { account, region }
  if (!isRegistryKey(registry)) return
  let goesOn = true
  while (goesOn) {
    signal.throwIfAborted()
    goesOn = await messaging.metadata.write((tx) => tellSome(tx, messaging, { ...registry, name }))
  }
}

/** Resolves to whether there may be more. */
async function tellSome(tx: MetadataTransaction, { now }: Messaging, key: ReplayKey): Promise<boolean> {
  const replay = await tx.archives.lockReplay(key)
  if (replay === undefined || !isUnderWay(replay)) return false
  const end = async (state: Replay['state'], reason?: string) => {
    await tx.archives.putReplay({ ...replay, state, reason, endedAt: now() })
    return false
  }
  if (replay.state === 'CANCELLING') return end('CANCELLED')
  const { account, region } = key
  const archive = await tx.archives.archive({ account, region, name: replay.archive })
  if (archive === undefined) return end('FAILED', `Archive ${replay.archive} does not exist.`)
  const events = await tx.archives.archived(archive, { ...replay, limit: toldAtOnce })
  await tx.events.add(events.map((one) => toldAgain(replay, one)))
  const latest = events.at(-1)
  if (latest === undefined) return end('COMPLETED')
  await tx.archives.putReplay({ ...replay, state: 'RUNNING', last: { at: latest.at, id: latest.id } })
  return true
}

function toldAgain({ bus, name, rules }: Replay, { event }: ArchivedEvent) {
  const told = { ...event, 'replay-name': name }
  return { bus, event: told, ...(rules.length > 0 && { onlyRules: rules }) }
}
