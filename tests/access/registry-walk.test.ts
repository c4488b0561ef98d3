import {
  CreateRepositoryCommand,
  type ECRClient,
  GetAuthorizationTokenCommand,
  SetRepositoryPolicyCommand,
} from '@aws-sdk/client-ecr'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { anonymous, rootOf } from '../../src/access/principal.ts'
import { RegistryTokens } from '../../src/access/registry-tokens.ts'
import { Seal } from '../../src/access/seal.ts'
import { parseRepositoryName } from '../../src/core/names/repository-name.ts'
import type { HttpRequest } from '../../src/protocols/http/exchange.ts'
import type { RegistryRequest } from '../../src/protocols/oci/endpoint.ts'
import { registryEndpoints, repositoryEndpoints } from '../../src/protocols/oci/endpoints.ts'
import type { RegistryResource, RepositoryResource } from '../../src/protocols/oci/route.ts'
import { type LocalBerth, startBerth } from '../support/start-berth.ts'
import { AwsCaller, type Callers, makeCallers, others, setPolicy } from './support/callers.ts'
import { ours } from './support/examples.ts'

const digest = `sha256:${'a'.repeat(64)}`
const uploadId = '2bb79d09-8f06-4d58-a8c5-f0b4a2c31a5f'
const pullActions = [
  'ecr:BatchCheckLayerAvailability',
  'ecr:BatchGetImage',
  'ecr:GetDownloadUrlForLayer',
  'ecr:ListImages',
]
const pushActions = [
  'ecr:InitiateLayerUpload',
  'ecr:UploadLayerPart',
  'ecr:CompleteLayerUpload',
  'ecr:PutImage',
]

/** An address of each kind of path, in a repository. The compiler asks for one when there is a new kind. */
const repositoryPaths: Readonly<Record<RepositoryResource, (name: string) => string>> = {
  manifest: (name) => `/v2/${name}/manifests/${digest}`,
  tags: (name) => `/v2/${name}/tags/list`,
  referrers: (name) => `/v2/${name}/referrers/${digest}`,
  blob: (name) => `/v2/${name}/blobs/${digest}`,
  upload: (name) => `/v2/${name}/blobs/uploads/${uploadId}?digest=${digest}`,
  'upload-start': (name) => `/v2/${name}/blobs/uploads/`,
  'upload-whole': (name) => `/v2/${name}/blobs/uploads/?digest=${digest}`,
  'blob-mount': (name) => `/v2/${name}/blobs/uploads/?mount=${digest}&from=open/app`,
}
const registryPaths: Readonly<Record<RegistryResource, string>> = { ping: '/v2/', catalog: '/v2/_catalog' }
const methods = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE']

/** One method on one path, and what the endpoint there says that it needs; undefined where there is none. */
interface Cell {
  readonly method: string
  readonly path: string
  readonly needs: readonly string[] | undefined
}

let berth: LocalBerth
let aws: AwsCaller
let callers: Callers
let cells: readonly Cell[]

beforeAll(async () => {
  berth = await startBerth({ anonymousPull: true, trustedProxies: '127.0.0.0/8' })
  aws = new AwsCaller(berth)
  callers = await makeCallers(berth, aws)
  for (const repositoryName of ['team/app', 'closed/app', 'open/app'])
    await berth.ecr.send(new CreateRepositoryCommand({ repositoryName }))
  cells = [...registryCells(), ...repositoryCells('team/app'), ...repositoryCells('closed/app')]
  await setPolicy(aws, callers.root, 'by-policy', [
    { Effect: 'Allow', Action: pullActions, Resource: arn('team/app') },
  ])
})
afterAll(() => berth[Symbol.asyncDispose]())

function arn(name: string): string {
  return `arn:aws:ecr:us-east-1:${ours}:repository/${name}`
}

/** A request as far as permissions look at one. */
function requestFor(name: string) {
  const { accountId: account, region } = berth.config
  const registryKey = { account, region }
  const surroundings = { sourceIp: undefined, isSecure: false }
  const bare: Omit<RegistryRequest, 'http'> = {
    caller: anonymous,
    surroundings,
    registryKey,
    query: new URLSearchParams(),
  }
  const http = {} as HttpRequest
  return { ...bare, http, repository: { ...registryKey, name: parseRepositoryName(name) }, argument: '' }
}

function registryCells(): Cell[] {
  return Object.entries(registryPaths).flatMap(([resource, path]) =>
    methods.map((method) => {
      const endpoint = registryEndpoints[resource as RegistryResource].get(method)
      return { method, path, needs: endpoint?.permissions(requestFor('xx')).map(({ action }) => action) }
    }),
  )
}

function repositoryCells(name: string): Cell[] {
  return Object.entries(repositoryPaths).flatMap(([resource, pathIn]) =>
    methods.map((method) => {
      const endpoint = repositoryEndpoints[resource as RepositoryResource].get(method)
      return {
        method,
        path: pathIn(name),
        needs: endpoint?.permissions(requestFor(name)).map(({ action }) => action),
      }
    }),
  )
}

/** `let in` is everything that the endpoint itself answers: 200, 404 and the like. */
async function verdictOn({ method, path }: Cell, authorization: string | undefined): Promise<string> {
  const headers = { 'x-forwarded-for': aws.freshAddress(), ...(authorization && { authorization }) }
  const answer = await fetch(new URL(path, berth.url), { method, headers })
  const body = await answer.text()
  if (answer.status === 401) return 'asked who it is'
  if (answer.status === 405 && answer.headers.has('allow')) return 'no such method'
  if (answer.status >= 500) return `failed: ${body}`
  if (answer.status !== 403) return 'let in'
  if (method === 'HEAD') return 'denied'
  return body.includes('has expired') ? 'expired' : 'denied'
}

type Expected = (cell: Cell) => string

async function mistakes(authorization: string | undefined, expected: Expected): Promise<string[]> {
  const wrong: string[] = []
  for (const cell of cells) {
    const verdict = await verdictOn(cell, authorization)
    const wanted = cell.method === 'HEAD' && expected(cell) === 'expired' ? 'denied' : expected(cell)
    if (verdict !== wanted) wrong.push(`${cell.method} ${cell.path}: ${verdict}, not ${wanted}`)
  }
  return wrong
}

/** Lets in whom every action is allowed that the endpoint declares, on that path. */
function allowing(may: (action: string, path: string) => boolean): Expected {
  return ({ needs, path }) => {
    if (needs === undefined) return 'no such method'
    return needs.every((action) => may(action, path)) ? 'let in' : 'denied'
  }
}

const inTeam = (path: string) => path.startsWith('/v2/team/app/')

async function login(client: ECRClient, registryIds?: string[]): Promise<string> {
  const { authorizationData = [] } = await client.send(new GetAuthorizationTokenCommand({ registryIds }))
  return `Basic ${authorizationData[0]?.authorizationToken}`
}

async function loginOf(who: keyof Callers): Promise<string> {
  return login(berth.clientOf(callers[who]))
}

async function robotLogin(
  robotName: string,
  actions: readonly string[],
  repositories: readonly string[],
): Promise<string> {
  const { body } = await aws.call('berth', 'CreateRobot', { robotName, actions, repositories }, callers.root)
  return `Basic ${Buffer.from(`robot:${JSON.parse(body).password}`).toString('base64')}`
}

describe('every method on every path of /v2/ answers', () => {
  test('the root and an allowed user, everywhere', async () => {
    const all = allowing(() => true)
    expect(await mistakes(berth.authorization, all)).toEqual([])
    expect(await mistakes(await loginOf('allowed'), all)).toEqual([])
  })

  test('a denied user nowhere; they can log in only with what they were given before', async () => {
    await expect(loginOf('denied')).rejects.toThrow('explicit deny')
    const free = { Effect: 'Allow', Action: 'ecr:GetAuthorizationToken', Resource: '*' }
    await setPolicy(aws, callers.root, 'without-policies', [free])
    const authorization = await loginOf('withoutPolicies')
    expect(
      await mistakes(
        authorization,
        allowing(() => false),
      ),
    ).toEqual([])
  })

  test('a user whom a policy allows to pull from one repository, just that', async () => {
    const free = { Effect: 'Allow', Action: 'ecr:GetAuthorizationToken', Resource: '*' }
    const pull = { Effect: 'Allow', Action: pullActions, Resource: arn('team/app') }
    await setPolicy(aws, callers.root, 'by-policy', [free, pull])
    const expected = allowing((action, path) => inTeam(path) && pullActions.includes(action))
    expect(await mistakes(await loginOf('byPolicy'), expected)).toEqual([])
  })

  test("another account's root nowhere, in our registry", async () => {
    const authorization = await login(berth.clientOf(callers.otherAccount), [ours])
    expect(
      await mistakes(
        authorization,
        allowing(() => false),
      ),
    ).toEqual([])
  })

  test('whom nobody knows any more, or never did, with the question who they are', async () => {
    const revoked = await loginOf('byPolicy')
    const keys = { UserName: 'by-policy', AccessKeyId: callers.byPolicy.accessKeyId }
    await aws.call('iam', 'DeleteAccessKey', keys, callers.root)
    const altered = berth.authorization.replace(/.(.{8})$/, (_all, rest) => `A${rest}`)
    for (const authorization of [revoked, altered, 'Bearer nothing', 'Basic QVdTOng='])
      expect(await mistakes(authorization, () => 'asked who it is')).toEqual([])
  })

  test('a login of yesterday, with what to do', async () => {
    const yesterday = new Date(Date.now() - 13 * 60 * 60 * 1000)
    const tokens = new RegistryTokens(new Seal(berth.secrets.sealKey, 'registry-token'), () => yesterday)
    const { accountId: account, region } = berth.config
    const { password } = tokens.issue(rootOf(account), { account, region })
    const authorization = `Basic ${Buffer.from(`AWS:${password}`).toString('base64')}`
    expect(await mistakes(authorization, () => 'expired')).toEqual([])
  })

  test('nobody at all, where no policy gives anything to everyone', async () => {
    const bearer: Expected = ({ needs, path }) => {
      if (needs === undefined) return 'no such method'
      return path === '/v2/' ? 'let in' : 'asked who it is'
    }
    expect(await mistakes('Bearer anonymous', bearer)).toEqual([])
    const bare: Expected = (cell) => (cell.path === '/v2/' ? 'asked who it is' : bearer(cell))
    expect(await mistakes(undefined, bare)).toEqual([])
  })

  test('nobody at all, with what a policy gives to everyone, and only pulls', async () => {
    const statement = { Effect: 'Allow', Principal: '*', Action: 'ecr:*' }
    const policyText = JSON.stringify({ Version: '2012-10-17', Statement: [statement] })
    await berth.ecr.send(new SetRepositoryPolicyCommand({ repositoryName: 'open/app', policyText }))
    const given: Expected = ({ needs }) => {
      if (needs === undefined) return 'no such method'
      return needs.every((action) => pullActions.includes(action)) ? 'let in' : 'asked who it is'
    }
    const before = cells
    cells = repositoryCells('open/app')
    expect(await mistakes('Bearer anonymous', given)).toEqual([])
    expect(await mistakes(undefined, given)).toEqual([])
    cells = before
  })

  test('a robot, in the repositories of its scope, by what its actions mean', async () => {
    const pull = await robotLogin('puller', ['pull'], ['team/*'])
    const push = await robotLogin('pusher', ['push'], ['team/app'])
    const remove = await robotLogin('remover', ['delete'], ['*'])
    const isIn = (...actions: readonly string[]) =>
      allowing((action, path) => inTeam(path) && actions.includes(action))
    expect(await mistakes(pull, isIn(...pullActions))).toEqual([])
    expect(await mistakes(push, isIn(...pullActions, ...pushActions))).toEqual([])
    expect(
      await mistakes(
        remove,
        allowing((action) => action === 'ecr:BatchDeleteImage'),
      ),
    ).toEqual([])
    await aws.call('berth', 'RevokeRobot', { robotName: 'puller' }, callers.root)
    expect(await mistakes(pull, () => 'asked who it is')).toEqual([])
  })

  test("another account's robot never with anything of ours", async () => {
    const input = { robotName: 'theirs', actions: ['push', 'delete'], repositories: ['*'] }
    const { body } = await aws.call('berth', 'CreateRobot', input, callers.otherAccount)
    const authorization = `Basic ${Buffer.from(`robot:${JSON.parse(body).password}`).toString('base64')}`
    for (const { method, path, needs } of cells) {
      if (needs === undefined || path === '/v2/') continue
      const answer = await fetch(new URL(path, berth.url), { method, headers: { authorization } })
      expect([403, 404, 400], `${method} ${path}`).toContain(answer.status)
      expect((await answer.text()).includes(ours)).toBe(false)
    }
    expect(berth.failures).toEqual([])
    expect(others).not.toBe(ours)
  })
})

test('without the setting nobody pulls anything without credentials, whatever policies say', async () => {
  await using closed = await startBerth()
  await closed.createRepository('open/app')
  const statement = { Effect: 'Allow', Principal: '*', Action: 'ecr:*' }
  const policyText = JSON.stringify({ Version: '2012-10-17', Statement: [statement] })
  await closed.ecr.send(new SetRepositoryPolicyCommand({ repositoryName: 'open/app', policyText }))
  for (const authorization of [undefined, 'Bearer anonymous']) {
    const headers = authorization === undefined ? {} : { authorization }
    expect((await fetch(`${closed.url}/v2/open/app/tags/list`, { headers })).status).toBe(401)
  }
})
