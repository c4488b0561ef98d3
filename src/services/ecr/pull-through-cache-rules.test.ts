import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { SecretNotFoundError } from '../../core/pull-through/errors.ts'
import { OutboundClient } from '../../outbound/outbound-client.ts'
import { startUpstream } from '../../outbound/testing/upstream.ts'
import { createPullThroughCacheRule } from './create-pull-through-cache-rule.ts'
import { deletePullThroughCacheRule } from './delete-pull-through-cache-rule.ts'
import { describePullThroughCacheRules } from './describe-pull-through-cache-rules.ts'
import { type EcrDesk, openEcrDesk, ourAccount, theirAccount } from './testing/ecr-desk.ts'
import { updatePullThroughCacheRule } from './update-pull-through-cache-rule.ts'
import { validatePullThroughCacheRule } from './validate-pull-through-cache-rule.ts'

let desk: EcrDesk
let outbound: OutboundClient
beforeEach(async () => {
  outbound = new OutboundClient({ isAllowed: (address) => address === '127.0.0.1' })
  desk = await openEcrDesk({
    upstreams: {
      isAllowed: ({ host }) => host.startsWith('127.0.0.1'),
      findSecret: async (arn) => {
        if (!arn.includes('/known')) throw new SecretNotFoundError()
        return { username: 'ada', password: 'lovelace' }
      },
    },
    outbound,
  })
})
afterEach(() => {
  outbound[Symbol.dispose]()
  return desk[Symbol.asyncDispose]()
})

const created = new Date('2026-03-01T08:00:00.000Z')
const quay = { ecrRepositoryPrefix: 'quay', upstreamRegistryUrl: 'quay.io' }
const members = { ...quay, registryId: ourAccount }

function secretArn(name: string, account = ourAccount, region = 'us-east-1'): string {
  return `arn:aws:secretsmanager:${region}:${account}:secret:ecr-pullthroughcache/${name}`
}

async function prefixes(): Promise<unknown[] | undefined> {
  const { pullThroughCacheRules } = await desk.ask(describePullThroughCacheRules, {})
  return pullThroughCacheRules?.map(({ ecrRepositoryPrefix }) => ecrRepositoryPrefix)
}

describe('a rule', () => {
  test('is known by its URL and described as it was made', async () => {
    const made = { ...members, upstreamRegistry: 'quay', createdAt: created }
    expect(await desk.ask(createPullThroughCacheRule, quay)).toEqual(made)
    expect(await desk.ask(describePullThroughCacheRules, { ecrRepositoryPrefixes: ['quay'] })).toEqual({
      pullThroughCacheRules: [{ ...made, updatedAt: created }],
    })
    expect(await desk.ask(deletePullThroughCacheRule, { ecrRepositoryPrefix: 'quay' })).toEqual({
      ...members,
      createdAt: created,
    })
    expect(await prefixes()).toEqual([])
  })

  test('may have prefixes of its own on both sides', async () => {
    const rule = { ...quay, ecrRepositoryPrefix: 'team-a', upstreamRepositoryPrefix: 'upstream/team-a' }
    expect(await desk.ask(createPullThroughCacheRule, rule)).toMatchObject(rule)
  })

  // Terraform's provider plans a replacement for ever where the answer has more than its configuration, or less.
  test('tells its upstream prefix only if it was given one, be it ROOT', async () => {
    const root = { ...quay, ecrRepositoryPrefix: 'rooted', upstreamRepositoryPrefix: 'ROOT' }
    await desk.ask(createPullThroughCacheRule, quay)
    await desk.ask(createPullThroughCacheRule, root)
    const { pullThroughCacheRules = [] } = await desk.ask(describePullThroughCacheRules, {})
    expect(pullThroughCacheRules[0]?.upstreamRepositoryPrefix).toBeUndefined()
    expect(pullThroughCacheRules[1]).toMatchObject(root)
  })

  test('is there once for a prefix', async () => {
    await desk.ask(createPullThroughCacheRule, quay)
    const again = { ecrRepositoryPrefix: 'quay/', upstreamRegistryUrl: 'registry.k8s.io' }
    await expect(desk.ask(createPullThroughCacheRule, again)).rejects.toThrow(
      'A pull through cache rule with these settings already exists for the private registry.',
    )
  })

  test('that is not there is named as ECR names it', async () => {
    const text =
      'The pull through cache rule was not found. Specify a valid pull through cache rule and try again.'
    const none = { ecrRepositoryPrefix: 'none' }
    await expect(desk.ask(deletePullThroughCacheRule, none)).rejects.toThrow(text)
    await expect(desk.ask(validatePullThroughCacheRule, none)).rejects.toThrow(text)
    await expect(
      desk.ask(updatePullThroughCacheRule, { ...none, credentialArn: secretArn('known') }),
    ).rejects.toThrow(text)
    await expect(
      desk.ask(describePullThroughCacheRules, { ecrRepositoryPrefixes: ['none'] }),
    ).rejects.toThrow(text)
  })

  test.each<[string, object, string]>([
    ['a registry that nobody allowed', { upstreamRegistryUrl: 'registry.example.com' }, "isn't supported"],
    ['no registry', { upstreamRegistryUrl: 'quay.io/team' }, "isn't supported"],
    ['another registry than it says', { upstreamRegistry: 'k8s' }, "isn't supported"],
    ['plain HTTP', { upstreamRegistryUrl: 'http://quay.io' }, "isn't supported"],
    [
      'a registry that wants credentials',
      { upstreamRegistryUrl: 'registry-1.docker.io' },
      'The specified upstream registry requires authentication. Specify a valid Secrets Manager ARN',
    ],
    ['an unknown secret', { credentialArn: secretArn('unknown') }, 'was not found. Update'],
    [
      'a secret of another account',
      { credentialArn: secretArn('known', theirAccount) },
      'unable to be accessed',
    ],
    [
      'a secret of another region',
      { credentialArn: secretArn('known', ourAccount, 'eu-west-1') },
      'unable to be accessed',
    ],
    ['no role', { customRoleArn: 'role' }, "'customRoleArn'"],
    [
      'an upstream prefix for all repositories',
      { ecrRepositoryPrefix: 'ROOT', upstreamRepositoryPrefix: 'team' },
      "'upstreamRepositoryPrefix'",
    ],
  ])('for %s is refused', async (_what, change, text) => {
    await expect(desk.ask(createPullThroughCacheRule, { ...quay, ...change })).rejects.toThrow(text)
    expect(await prefixes()).toEqual([])
  })

  test("of another account's registry is for that account alone", async () => {
    await expect(desk.ask(createPullThroughCacheRule, { ...quay, registryId: theirAccount })).rejects.toThrow(
      'is not authorized to perform: ecr:CreatePullThroughCacheRule',
    )
  })

  test('gets other credentials, and nothing else', async () => {
    await desk.ask(createPullThroughCacheRule, quay)
    await expect(desk.ask(updatePullThroughCacheRule, { ecrRepositoryPrefix: 'quay' })).rejects.toThrow(
      'Invalid input: Please set either credential arn or role arn to update the credentials',
    )
    desk.pass(5000)
    const change = { ecrRepositoryPrefix: 'quay', credentialArn: secretArn('known') }
    const { upstreamRegistryUrl: _url, ...shown } = members
    const updatedAt = new Date(created.getTime() + 5000)
    expect(await desk.ask(updatePullThroughCacheRule, change)).toEqual({ ...shown, ...change, updatedAt })
    await expect(
      desk.ask(updatePullThroughCacheRule, { ...change, credentialArn: secretArn('unknown') }),
    ).rejects.toThrow('was not found. Update')
    const { pullThroughCacheRules } = await desk.ask(describePullThroughCacheRules, {})
    expect(pullThroughCacheRules).toEqual([
      { ...members, ...change, upstreamRegistry: 'quay', createdAt: created, updatedAt },
    ])
  })
})

test('rules are described page by page, ROOT first', async () => {
  for (const ecrRepositoryPrefix of ['b-b', 'ROOT', 'a-a']) {
    await desk.ask(createPullThroughCacheRule, { ...quay, ecrRepositoryPrefix })
  }
  const first = await desk.ask(describePullThroughCacheRules, { maxResults: 2 })
  expect(first.pullThroughCacheRules?.map((rule) => rule.ecrRepositoryPrefix)).toEqual(['ROOT', 'a-a'])
  const rest = await desk.ask(describePullThroughCacheRules, {
    maxResults: 2,
    nextToken: first.nextToken ?? '',
  })
  expect(rest.pullThroughCacheRules).toMatchObject([{ ecrRepositoryPrefix: 'b-b' }])
})

describe('a validation', () => {
  const answers: Record<string, number> = { right: 200, wrong: 401, gone: 404, broken: 500 }
  test.each<[string, boolean, RegExp?]>([
    ['right', true],
    ['wrong', false, /refused access/],
    ['gone', false, /is no container registry/],
    ['broken', false, /answered 500/],
  ])('of credentials that are %s: %s', async (what, isValid, failure) => {
    await using upstream = await startUpstream(({ headers }, response) => {
      const status = headers.authorization === undefined ? 401 : (answers[what] ?? 500)
      response.writeHead(status, { 'www-authenticate': 'Basic realm="x"' }).end()
    })
    const rule = {
      ecrRepositoryPrefix: 'local',
      upstreamRegistryUrl: `http://${upstream.url.host}`,
      credentialArn: secretArn('known'),
    }
    await desk.ask(createPullThroughCacheRule, rule)
    const answer = await desk.ask(validatePullThroughCacheRule, { ecrRepositoryPrefix: 'local' })
    expect(answer).toMatchObject({ ...rule, registryId: ourAccount, isValid })
    if (failure) expect(answer.failure).toMatch(failure)
    else expect(answer.failure).toBeUndefined()
  })
})
