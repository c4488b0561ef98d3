import { CreateRepositoryCommand, type ECRClient, PutImageCommand } from '@aws-sdk/client-ecr'
import { EventBridgeClient, PutRuleCommand, PutTargetsCommand } from '@aws-sdk/client-eventbridge'
import {
  CreateTopicCommand,
  SetSubscriptionAttributesCommand,
  SNSClient,
  SubscribeCommand,
} from '@aws-sdk/client-sns'
import { expect, test } from 'vitest'
import { startWebHook, type WebHook } from '../../src/messaging/testing/web-hook.ts'
import { type BerthProcess, startBerthProcess } from '../support/berth-process.ts'
import { ecrClientOf } from '../support/ecr-client.ts'

const repositoryName = 'web'
/** BERTH_TEST_EVENT_KILLS asks for more. */
const kills = Number(process.env.BERTH_TEST_EVENT_KILLS ?? 3)
const isLong = process.env.BERTH_TEST_EVENT_KILLS !== undefined
/** Between two kills, at the most: enough that each finds some on their way. */
const mostPushes = 20
const pushers = 4

test(
  'events of acknowledged pushes survive kills, on their way to a web hook',
  async () => {
    await using hook = await startWebHook()
    await using berth = await startBerthProcess({ flags: ['--outbound-networks', '127.0.0.1/32'] })
    const ecr = await ecrClientOf(berth)
    await followPushes(berth, ecr, hook.url)
    await confirmByHook(hook)
    const pushed = await pushThroughKills(berth, ecr)
    ecr.destroy()
    await expect.poll(() => missing(pushed, hook.posted), { timeout: 60_000, interval: 200 }).toEqual([])
    expect(pushed.length).toBeGreaterThan(kills)
    if (isLong) console.info(summaryOf(pushed, hook.posted))
  },
  180_000 + kills * 10_000,
)

async function followPushes(berth: BerthProcess, ecr: ECRClient, hook: string): Promise<void> {
  await ecr.send(new CreateRepositoryCommand({ repositoryName }))
  const { config } = ecr
  const settings = { endpoint: berth.url, region: 'us-east-1', credentials: config.credentials }
  const sns = new SNSClient(settings)
  const events = new EventBridgeClient(settings)
  const { TopicArn = '' } = await sns.send(new CreateTopicCommand({ Name: 'pushes' }))
  const subscription = { TopicArn, Protocol: 'http', Endpoint: hook, ReturnSubscriptionArn: true }
  const { SubscriptionArn } = await sns.send(new SubscribeCommand(subscription))
  const raw = { SubscriptionArn, AttributeName: 'RawMessageDelivery', AttributeValue: 'true' }
  await sns.send(new SetSubscriptionAttributesCommand(raw))
  const EventPattern = JSON.stringify({ source: ['aws.ecr'], detail: { 'action-type': ['PUSH'] } })
  await events.send(new PutRuleCommand({ Name: 'pushes', EventPattern }))
  await events.send(new PutTargetsCommand({ Rule: 'pushes', Targets: [{ Id: 'topic', Arn: TopicArn }] }))
  for (const client of [sns, events]) client.destroy()
}

/** Does what an owner of a web hook does: visits the link that came. */
async function confirmByHook(hook: WebHook): Promise<void> {
  await expect.poll(() => hook.posted.length, { timeout: 30_000 }).toBe(1)
  const { SubscribeURL } = JSON.parse(hook.posted[0]?.body ?? '{}')
  const answer = await fetch(SubscribeURL)
  expect(await answer.text()).toContain('<ConfirmSubscriptionResult>')
}

/** Pushes tags until so many kills have happened; resolves to the tags that were acknowledged. */
async function pushThroughKills(berth: BerthProcess, ecr: ECRClient): Promise<string[]> {
  const acknowledged: string[] = []
  let goesOn = true
  const pusher = async (name: number) => {
    for (let count = 0; goesOn; count++) {
      const tag = `p${name}-${count}`
      if (await push(ecr, tag)) acknowledged.push(tag)
    }
  }
  const pushing = Array.from({ length: pushers }, (_, name) => pusher(name))
  for (let kill = 0; kill < kills; kill++) {
    const before = acknowledged.length
    await expect
      .poll(() => acknowledged.length, { timeout: 30_000 })
      .toBeGreaterThan(before + Math.min(kill, mostPushes))
    await berth.kill()
    await berth.start()
  }
  goesOn = false
  await Promise.all(pushing)
  return acknowledged
}

/** An image without layers, another for each tag. Whether it was acknowledged. */
async function push(ecr: ECRClient, imageTag: string): Promise<boolean> {
  const imageManifest = JSON.stringify({
    schemaVersion: 2,
    mediaType: 'application/vnd.oci.image.index.v1+json',
    manifests: [],
    annotations: { tag: imageTag },
  })
  try {
    await ecr.send(new PutImageCommand({ repositoryName, imageTag, imageManifest }))
    return true
  } catch {
    return false
  }
}

function missing(pushed: readonly string[], posted: WebHook['posted']): string[] {
  const told = new Set(tagsTold(posted))
  return pushed.filter((tag) => !told.has(tag))
}

function summaryOf(pushed: readonly string[], posted: WebHook['posted']): string {
  const told = tagsTold(posted)
  const distinct = new Set(told).size
  return `${kills} kills: ${pushed.length} pushes acknowledged, ${distinct} told of, ${told.length - distinct} of them told twice`
}

function tagsTold(posted: readonly { readonly body: string }[]): string[] {
  return posted.flatMap(({ body }) => {
    const { detail } = JSON.parse(body)
    return detail === undefined ? [] : [detail['image-tag']]
  })
}
