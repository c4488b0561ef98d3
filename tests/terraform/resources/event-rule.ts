import {
  DeleteRuleCommand,
  DescribeRuleCommand,
  type EventBridgeClient,
  ListTagsForResourceCommand,
  ListTargetsByRuleCommand,
  PutRuleCommand,
  PutTargetsCommand,
  RemoveTargetsCommand,
  ResourceNotFoundException,
  TagResourceCommand,
  type Target,
  UntagResourceCommand,
} from '@aws-sdk/client-eventbridge'
import { differ, normalJson, type Resource, unlessGone } from '../resource.ts'

export interface RuleAttributes {
  readonly description: string
  /** A document, which the provider compares by what it says; undefined where there is a schedule alone. */
  readonly eventPattern: object | undefined
  readonly scheduleExpression: string
  readonly state: 'ENABLED' | 'DISABLED'
  readonly tags: Readonly<Record<string, string>>
}

/** `aws_cloudwatch_event_rule` */
export function ruleResource(events: EventBridgeClient, Name: string): Resource<RuleAttributes> {
  const put = ({ eventPattern, ...wanted }: RuleAttributes, tags: RuleAttributes['tags'] = {}) =>
    events.send(
      new PutRuleCommand({
        Name,
        Description: wanted.description,
        State: wanted.state,
        ...(eventPattern && { EventPattern: normalJson(eventPattern) }),
        ...(wanted.scheduleExpression && { ScheduleExpression: wanted.scheduleExpression }),
        ...(Object.keys(tags).length > 0 && { Tags: tagList(tags) }),
      }),
    )
  const describe = () => unlessGone(events.send(new DescribeRuleCommand({ Name })), ResourceNotFoundException)
  return {
    create: async (wanted) => void (await put(wanted, wanted.tags)),
    async read() {
      const rule = await describe()
      if (rule === undefined) return undefined
      const { Tags = [] } = await events.send(new ListTagsForResourceCommand({ ResourceARN: rule.Arn }))
      return {
        description: rule.Description ?? '',
        eventPattern: rule.EventPattern === undefined ? undefined : JSON.parse(rule.EventPattern),
        scheduleExpression: rule.ScheduleExpression ?? '',
        state: rule.State === 'DISABLED' ? 'DISABLED' : 'ENABLED',
        tags: Object.fromEntries(Tags.map(({ Key = '', Value = '' }) => [Key, Value])),
      }
    },
    async update(before, wanted) {
      const { tags: oldTags, ...old } = before
      const { tags, ...rest } = wanted
      if (differ(old, rest)) await put(wanted)
      const ResourceARN = (await describe())?.Arn
      const gone = Object.keys(oldTags).filter((key) => tags[key] === undefined)
      if (gone.length > 0) await events.send(new UntagResourceCommand({ ResourceARN, TagKeys: gone }))
      if (differ(oldTags, tags) && Object.keys(tags).length > 0) {
        await events.send(new TagResourceCommand({ ResourceARN, Tags: tagList(tags) }))
      }
    },
    destroy: async () =>
      void (await unlessGone(events.send(new DeleteRuleCommand({ Name })), ResourceNotFoundException)),
  }
}

function tagList(tags: RuleAttributes['tags']) {
  return Object.entries(tags).map(([Key, Value]) => ({ Key, Value }))
}

/** `aws_cloudwatch_event_target` */
export function targetResource(events: EventBridgeClient, Rule: string): Resource<Target> {
  const put = async (wanted: Target) => {
    const { FailedEntries } = await events.send(new PutTargetsCommand({ Rule, Targets: [wanted] }))
    if (FailedEntries?.length !== 0) throw new Error(JSON.stringify(FailedEntries))
  }
  const Id = 'mail'
  return {
    create: put,
    async read() {
      const list = new ListTargetsByRuleCommand({ Rule, Limit: 100 })
      const answer = await unlessGone(events.send(list), ResourceNotFoundException)
      return answer?.Targets?.find((target) => target.Id === Id)
    },
    update: (_before, wanted) => put(wanted),
    async destroy() {
      const remove = new RemoveTargetsCommand({ Rule, Ids: [Id] })
      await unlessGone(events.send(remove), ResourceNotFoundException)
    },
  }
}
