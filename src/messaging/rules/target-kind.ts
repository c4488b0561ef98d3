/** What a rule can send to. */
export type TargetKind = 'topic' | 'bus' | 'api-destination' | 'log-group' | 'cluster' | 'queue' | 'service'

const kinds: readonly (readonly [TargetKind, RegExp])[] = [
  ['topic', /^arn:aws:sns:[0-9a-z-]+:\d{12}:[A-Za-z0-9_-]{1,256}$/],
  ['bus', /^arn:aws:events:[0-9a-z-]+:\d{12}:event-bus\/[/.\-_A-Za-z0-9]{1,256}$/],
  ['api-destination', /^arn:aws:events:[0-9a-z-]+:\d{12}:api-destination\/[.\-_A-Za-z0-9]{1,64}\/[\w-]+$/],
  ['log-group', /^arn:aws:logs:[0-9a-z-]+:\d{12}:log-group:[.\-_/#A-Za-z0-9]{1,512}(:\*)?$/],
  ['queue', /^arn:aws:sqs:[0-9a-z-]+:\d{12}:[A-Za-z0-9_-]{1,80}$/],
  ['service', /^arn:aws:ecs:[0-9a-z-]+:\d{12}:service\/[\w-]{1,255}\/[\w-]{1,255}$/],
  ['cluster', /^arn:aws:ecs:[0-9a-z-]+:\d{12}:cluster\/[\w-]{1,255}$/],
]

/** What an ARN names, of what a rule can send to here. */
export function targetKindOf(arn: string): TargetKind | undefined {
  return kinds.find(([, pattern]) => pattern.test(arn))?.[0]
}
