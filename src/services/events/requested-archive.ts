import type { Permission } from '../../access/permission.ts'
import { type ArchiveKey, archiveArn } from '../../core/events/archive.ts'
import { EventsValidationError } from '../../core/events/errors.ts'
import { type ReplayKey, replayArn } from '../../core/events/replay.ts'
import type { BusKey } from '../../core/events/rule.ts'
import { parseBusArn } from '../../messaging/rules/bus-arn.ts'
import type { Call } from '../service.ts'

/** An archive or a replay of the caller's registry. */
export function named(name: string, { registry: { account, region } }: Call): ArchiveKey & ReplayKey {
  return { account, region, name }
}

export function onArchive(action: `events:${string}`, archive: ArchiveKey): readonly Permission[] {
  return [{ action, resource: archiveArn(archive), owner: archive.account }]
}

export function onReplay(action: `events:${string}`, replay: ReplayKey): readonly Permission[] {
  return [{ action, resource: replayArn(replay), owner: replay.account }]
}

/** The bus that an archive is of, or a replay goes to: one of the caller's registry. @throws EventsValidationError */
export function ownBus(parameter: string, arn: string, { registry }: Call): BusKey {
  const bus = parseBusArn(arn)
  if (bus?.account === registry.account && bus.region === registry.region) return bus
  throw new EventsValidationError(
    `Parameter ${parameter} is not valid. Reason: Must contain an event bus ARN of this account and region.`,
  )
}

/** The name of the archive of the caller's registry that an ARN names. @throws EventsValidationError */
export function ownArchive(parameter: string, arn: string, call: Call): string {
  const prefix = archiveArn(named('', call))
  const name = arn.slice(prefix.length)
  if (arn.startsWith(prefix) && /^[.\-_A-Za-z0-9]{1,48}$/.test(name)) return name
  throw new EventsValidationError(
    `Parameter ${parameter} is not valid. Reason: Must contain an archive ARN of this account and region.`,
  )
}
