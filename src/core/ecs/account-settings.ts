import { ownMember } from '../own-member.ts'
import { EcsInvalidParameterError } from './errors.ts'

interface Setting {
  /** Without anybody's word; on Berth nothing else holds. */
  readonly value: string
  /** Why another value is refused. */
  readonly instead: string
}

const longArns = { value: 'enabled', instead: 'You can no longer disable Long Arn settings.' }
const noFargate = 'Berth has no Fargate.'

/** What each setting is on Berth. @see Amazon ECS API reference, PutAccountSetting, name */
const settings: Readonly<Record<string, Setting>> = {
  awsvpcTrunking: {
    value: 'disabled',
    instead: "The networks of Berth are the engine's own, without trunks.",
  },
  containerInsights: { value: 'disabled', instead: 'Berth does not offer Container Insights.' },
  containerInstanceLongArnFormat: longArns,
  defaultLogDriverMode: { value: 'non-blocking', instead: 'No log keeps a container waiting on Berth.' },
  dualStackIPv6: { value: 'disabled', instead: "The networks of Berth's tasks are IPv4 ones." },
  fargateEventWindows: { value: 'disabled', instead: noFargate },
  fargateFIPSMode: { value: 'disabled', instead: noFargate },
  fargateTaskRetirementWaitPeriod: { value: '7', instead: noFargate },
  guardDutyActivate: { value: 'off', instead: 'Berth does not offer GuardDuty.' },
  serviceLongArnFormat: longArns,
  tagResourceAuthorization: {
    value: 'on',
    instead: 'Whoever tags what they make needs ecs:TagResource on Berth, always.',
  },
  taskLongArnFormat: longArns,
}

/** Every setting by name, as it is for whoever has said nothing. */
export const usualSettings: ReadonlyMap<string, string> = new Map(
  Object.entries(settings).map(([name, { value }]) => [name, value]),
)

/** Refuses what would be kept and not hold. @throws EcsInvalidParameterError for a setting that is none, and for any other value than it has here */
export function checkAccountSetting(name: string, value: string): void {
  const known = ownMember(settings, name)
  if (known === undefined) throw new EcsInvalidParameterError(`The setting '${name}' is not one of ECS.`)
  if (known.value === value) return
  throw new EcsInvalidParameterError(`The setting '${name}' is '${known.value}' alone. ${known.instead}`)
}
