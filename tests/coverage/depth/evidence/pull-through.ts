import {
  CreatePullThroughCacheRuleCommand,
  DeletePullThroughCacheRuleCommand,
  DescribePullThroughCacheRulesCommand,
  UpdatePullThroughCacheRuleCommand,
  ValidatePullThroughCacheRuleCommand,
} from '@aws-sdk/client-ecr'
import { expect } from 'vitest'
import { type EvidenceByOperation, enforced, real } from '../evidence.ts'
import type { Desk } from '../evidence-desk.ts'

const ecrRepositoryPrefix = 'cached'

function secretOf({ account }: Desk, name: 'right' | 'wrong'): string {
  return `arn:aws:secretsmanager:us-east-1:${account}:secret:ecr-pullthroughcache/${name}-AbCdEf`
}

async function createRule(desk: Desk, secret: 'right' | 'wrong' = 'right'): Promise<void> {
  const upstreamRegistryUrl = `http://127.0.0.1:${desk.upstream.port}`
  const rule = { ecrRepositoryPrefix, upstreamRegistryUrl, credentialArn: secretOf(desk, secret) }
  await desk.ecr.send(new CreatePullThroughCacheRuleCommand(rule))
}

/** Pushes to the upstream; resolves to what is pulled through the cache, and to what should be. */
async function pullThrough({
  upstream,
  account,
  pull,
}: Desk): Promise<[pulled: string | number, pushed: string]> {
  const name = `app-${account}`
  await upstream.createRepository(name).catch(() => undefined)
  const { digest } = await upstream.pushRandomImage(name, 'v1')
  return [await pull(`${ecrRepositoryPrefix}/${name}`, 'v1'), digest]
}

async function expectPulled(desk: Desk): Promise<void> {
  const [pulled, pushed] = await pullThrough(desk)
  expect(pulled).toBe(pushed)
}

async function expectRefused(desk: Desk, status: number): Promise<void> {
  expect((await pullThrough(desk))[0]).toBe(status)
}

async function isValid({ ecr }: Desk): Promise<boolean | undefined> {
  return (await ecr.send(new ValidatePullThroughCacheRuleCommand({ ecrRepositoryPrefix }))).isValid
}

export const pullThroughEvidence: EvidenceByOperation = {
  CreatePullThroughCacheRule: real('an image of another registry is pulled from here', async (desk) => {
    await expectRefused(desk, 404)
    await createRule(desk)
    await expectPulled(desk)
  }),
  DescribePullThroughCacheRules: enforced('it tells the rules that pulls go by', async (desk) => {
    await createRule(desk)
    await expectPulled(desk)
    const { pullThroughCacheRules } = await desk.ecr.send(new DescribePullThroughCacheRulesCommand({}))
    expect(pullThroughCacheRules).toMatchObject([
      { ecrRepositoryPrefix, credentialArn: secretOf(desk, 'right') },
    ])
  }),
  UpdatePullThroughCacheRule: enforced('pulls go with the credentials it names', async (desk) => {
    await createRule(desk, 'wrong')
    await expectRefused(desk, 403)
    const credentialArn = secretOf(desk, 'right')
    await desk.ecr.send(new UpdatePullThroughCacheRuleCommand({ ecrRepositoryPrefix, credentialArn }))
    await expectPulled(desk)
  }),
  ValidatePullThroughCacheRule: real('it asks the other registry whether it lets us in', async (desk) => {
    await createRule(desk, 'wrong')
    expect(await isValid(desk)).toBe(false)
    const credentialArn = secretOf(desk, 'right')
    await desk.ecr.send(new UpdatePullThroughCacheRuleCommand({ ecrRepositoryPrefix, credentialArn }))
    expect(await isValid(desk)).toBe(true)
  }),
  DeletePullThroughCacheRule: enforced('nothing more is pulled from the other registry', async (desk) => {
    await createRule(desk)
    await desk.ecr.send(new DeletePullThroughCacheRuleCommand({ ecrRepositoryPrefix }))
    await expectRefused(desk, 404)
  }),
}
