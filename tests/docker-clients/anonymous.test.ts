import {
  CreateRepositoryCommand,
  DeleteRepositoryPolicyCommand,
  type ECRClient,
  SetRepositoryPolicyCommand,
} from '@aws-sdk/client-ecr'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type BerthProcess, startBerthProcess } from '../support/berth-process.ts'
import { buildImageOf } from '../support/docker-images.ts'
import { startDockerd } from '../support/dockerd.ts'
import { ecrClientOf, logIn } from '../support/ecr-client.ts'
import { testAsRootWith } from '../support/installed-programs.ts'
import { pushImage } from '../support/push-image.ts'
import { basic, fetchPassword } from '../support/registry-login.ts'
import { SeededRandom } from '../support/seeded-random.ts'
import { randomImage } from '../support/test-image.ts'

let berth: BerthProcess
let ecr: ECRClient

beforeAll(async () => {
  berth = await startBerthProcess({ flags: ['--anonymous-pull'] })
  ecr = await ecrClientOf(berth)
  for (const repositoryName of ['open/app', 'closed/app']) {
    await ecr.send(new CreateRepositoryCommand({ repositoryName }))
    await pushImage(
      await logIn(berth, ecr),
      repositoryName,
      'v1',
      randomImage(new SeededRandom(repositoryName)),
    )
  }
})
afterAll(() => berth?.[Symbol.asyncDispose]())

const toEveryone = JSON.stringify({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: '*', Action: 'ecr:*' }],
})

async function open(repositoryName: string): Promise<void> {
  await ecr.send(new SetRepositoryPolicyCommand({ repositoryName, policyText: toEveryone }))
}

const ask = (path: string, init: RequestInit = {}) => fetch(new URL(path, berth.url), init)
const bearer = { headers: { authorization: 'Bearer anonymous' } }

describe('without credentials', () => {
  test('there is what a policy gives to everyone, and it can be read alone', async () => {
    await open('open/app')
    for (const init of [{}, bearer]) {
      expect((await ask('/v2/open/app/manifests/v1', init)).status).toBe(200)
      expect((await ask('/v2/open/app/tags/list', init)).status).toBe(200)
      expect((await ask('/v2/open/app/blobs/uploads/', { ...init, method: 'POST' })).status).toBe(401)
      expect((await ask('/v2/open/app/manifests/v1', { ...init, method: 'DELETE' })).status).toBe(401)
      expect((await ask('/v2/_catalog', init)).status).toBe(401)
    }
  })

  test('what is not given and what is not there are asked credentials for alike', async () => {
    const answers = ['closed/app', 'nowhere'].map(async (name) => {
      const answer = await ask(`/v2/${name}/manifests/v1`, bearer)
      return [answer.status, answer.headers.get('www-authenticate'), await answer.text()]
    })
    const [closed, nowhere] = await Promise.all(answers)
    expect(closed).toEqual(nowhere)
    expect(closed?.[1]).toBe(`Bearer realm="${berth.url}/v2/token",service="ecr.amazonaws.com"`)
  })

  test('a registry is asked first what credentials it wants', async () => {
    expect((await ask('/v2/')).status).toBe(401)
    expect((await ask('/v2/', bearer)).status).toBe(200)
  })
})

describe('a bearer token', () => {
  const tokenFor = (authorization: string) => ask('/v2/token', { headers: { authorization } })

  test('is worth what the login is that it was got with', async () => {
    const answer = await tokenFor(basic(await fetchPassword(ecr)))
    const [, token] = /"token":"([^"]+)"/.exec(await answer.text()) ?? []
    const init = { headers: { authorization: `Bearer ${token}` } }
    expect((await ask('/v2/closed/app/manifests/v1', init)).status).toBe(200)
  })

  test('is not given for a wrong login', async () => {
    expect((await tokenFor(basic('wrong'))).status).toBe(401)
    expect((await ask('/v2/token', { method: 'POST' })).status).toBe(405)
  })
})

testAsRootWith('dockerd', 'docker')(
  'docker pushes with a login, and pulls with none what is open',
  async () => {
    await using dockerd = await startDockerd()
    const { docker } = dockerd
    const reference = `${berth.host}/open/app:docker`
    await buildImageOf(docker, [reference], { 'a.txt': 'for everyone' })
    const login = ['login', '--username', 'AWS', '--password-stdin', berth.host]
    await docker.output(login, { input: await fetchPassword(ecr) })
    await docker.output(['push', reference])
    await docker.output(['logout', berth.host])
    await docker.output(['rmi', '--force', reference])
    await ecr.send(new DeleteRepositoryPolicyCommand({ repositoryName: 'open/app' })).catch(() => undefined)
    expect((await docker.run(['pull', reference])).exitCode).not.toBe(0)
    await open('open/app')
    await docker.output(['pull', reference])
    expect((await docker.run(['push', reference])).exitCode).not.toBe(0)
    await docker.output(['rmi', '--force', reference])
    await ecr.send(new DeleteRepositoryPolicyCommand({ repositoryName: 'open/app' }))
    expect((await docker.run(['pull', reference])).stderr).toMatch(/no basic auth credentials|unauthorized/i)
  },
)

testAsRootWith('dockerd', 'docker')(
  'a Berth that nobody told so lets nobody pull without a login',
  async () => {
    await using shut = await startBerthProcess()
    await using dockerd = await startDockerd()
    const client = await ecrClientOf(shut)
    await client.send(new CreateRepositoryCommand({ repositoryName: 'open/app' }))
    await pushImage(await logIn(shut, client), 'open/app', 'v1', randomImage(new SeededRandom('shut')))
    await client.send(new SetRepositoryPolicyCommand({ repositoryName: 'open/app', policyText: toEveryone }))
    const refused = await dockerd.docker.run(['pull', `${shut.host}/open/app:v1`])
    expect(refused.stderr).toContain('no basic auth credentials')
  },
)
