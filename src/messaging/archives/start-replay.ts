import { archiveArn } from '../../core/events/archive.ts'
import {
  EventLimitExceededError,
  EventResourceExistsError,
  EventsValidationError,
} from '../../core/events/errors.ts'
import type { Replay } from '../../core/events/replay.ts'
import { busArn } from '../../core/events/rule.ts'
import type { MetadataTransaction } from '../../stores/metadata/metadata-store.ts'
import type { Messaging } from '../messaging.ts'
import { parseRuleArn } from '../rules/rule-arn.ts'
import { replayJob } from './run-replay.ts'

/** @see Amazon EventBridge user guide, "Amazon EventBridge quotas", replays at the same time */
const mostAtOnce = 10

/**
 * Has the events of an archive told again, in the order of their times.
 *
 * @throws EventsValidationError, EventResourceExistsError, EventLimitExceededError
 */
export async function startReplay(
  { metadata, now }: Messaging,
  wanted: Omit<Replay, 'state' | 'reason' | 'last' | 'startedAt' | 'endedAt'>,
): Promise<Replay> {
  if (wanted.from >= wanted.to) {
    throw invalid('EventEndTime', 'EventStartTime must be before EventEndTime.')
  }
  return metadata.write(async (tx) => {
    await check(tx, wanted)
    const replay: Replay = { ...wanted, state: 'STARTING', startedAt: now() }
    await tx.archives.putReplay(replay)
    await tx.jobs.add(replayJob(replay), now())
    return replay
  })
}

async function check(
  tx: MetadataTransaction,
  wanted: Pick<Replay, 'account' | 'region' | 'name' | 'archive' | 'bus' | 'rules'>,
): Promise<void> {
  const { account, region } = wanted
  const archive = await tx.archives.archive({ account, region, name: wanted.archive })
  if (archive === undefined) throw invalid('EventSourceArn', `Archive ${wanted.archive} does not exist.`)
  if (busArn(archive.bus) !== busArn(wanted.bus)) {
    throw invalid('Destination.Arn', 'Cross event bus replay is not permitted.')
  }
  if ((await tx.archives.replay(wanted)) !== undefined) {
    throw new EventResourceExistsError(`Replay ${wanted.name} already exists.`)
  }
  for (const arn of wanted.rules) {
    const rule = parseRuleArn(arn)
    const known = rule && (await tx.rules.find(rule))
    if (known?.bus !== wanted.bus.name) {
      throw invalid('Destination.FilterArns', `${arn} is no rule of the event bus of ${archiveArn(archive)}.`)
    }
  }
  const running = await tx.archives.replays(wanted, { state: 'RUNNING', limit: mostAtOnce })
  const starting = await tx.archives.replays(wanted, { state: 'STARTING', limit: mostAtOnce })
  if (running.length + starting.length >= mostAtOnce) throw new EventLimitExceededError()
}

function invalid(parameter: string, reason: string): EventsValidationError {
  return new EventsValidationError(`Parameter ${parameter} is not valid. Reason: ${reason}`)
}
