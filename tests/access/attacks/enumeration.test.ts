import { afterAll, beforeAll, expect, test } from 'vitest'
import { type AttackWorld, allow, arnOf, basicHeader, openAttackWorld, pulling } from './attack-world.ts'

// Harbor CVE-2019-19030, GO-2022-0785: lists and error texts told strangers what there is.

let world: AttackWorld
beforeAll(async () => {
  world = await openAttackWorld()
})
afterAll(() => world[Symbol.asyncDispose]())

/** Everything of an answer but what differs from one request to the next, and the name that was asked for. */
async function told(answer: Promise<Response>, name: string): Promise<unknown> {
  const { status, headers } = await answer
  const body = await (await answer).text()
  return [status, headers.get('www-authenticate'), body.replaceAll(name, '<name>')]
}

test('who may not read a repository does not learn whether it is there, at either door', async () => {
  const keys = await world.user(
    'guest',
    allow('ecr:GetAuthorizationToken'),
    allow(pulling, arnOf('open/app')),
  )
  const guest = await world.login(keys)
  const robot = await world.robot('guest', ['pull'], ['open/*'])
  for (const authorization of [guest, robot, undefined])
    for (const path of ['manifests/v1', 'tags/list', `blobs/${world.secret.digest}`]) {
      const [there, absent] = ['secret/app', 'absent/app'].map((name) =>
        told(world.ask(`/v2/${name}/${path}`, authorization), name),
      )
      expect(await there).toEqual(await absent)
    }
  for (const operation of ['DescribeImages', 'ListImages', 'GetRepositoryPolicy', 'DeleteRepository']) {
    const [there, absent] = ['secret/app', 'absent/app'].map(async (repositoryName) => {
      const { status, body } = await world.aws.call('ecr', operation, { repositoryName }, keys)
      return [status, body.replaceAll(repositoryName, '<name>')]
    })
    expect(await there).toEqual(await absent)
  }
})

test('the catalog is for those who may describe all repositories, and robots never are', async () => {
  const pull = await world.login(await world.user('puller', allow(pulling)))
  const robot = await world.robot('catalog', ['pull', 'push'], ['*'])
  for (const authorization of [pull, robot, undefined]) {
    const answer = await world.ask('/v2/_catalog', authorization)
    expect([401, 403]).toContain(answer.status)
    expect(await answer.text()).not.toContain('secret/app')
  }
})

test('a robot that is not there, one whose secret is wrong and one that was revoked are answered alike', async () => {
  const robot = await world.robot('known', ['pull'], ['*'])
  const revoked = await world.robot('revoked', ['pull'], ['*'])
  await world.aws.call('berth', 'RevokeRobot', { robotName: 'revoked' }, world.root)
  const [, password = ''] = Buffer.from(robot.slice(6), 'base64').toString().split(':')
  const wrong = basicHeader('robot', `${password.slice(0, 28)}${'x'.repeat(43)}`)
  const absent = basicHeader('robot', `berth_BRTA${'A'.repeat(17)}_${'x'.repeat(43)}`)
  const answers = [wrong, absent, revoked].map((each) => told(world.ask('/v2/', each), 'nothing'))
  const [first, ...rest] = await Promise.all(answers)
  expect(first).toEqual([401, expect.stringContaining('Basic realm='), 'Not Authorized\n'])
  for (const other of rest) expect(other).toEqual(first)
})

test('a key that is not there and a session token that is wrong are answered alike', async () => {
  const absent = { accessKeyId: 'AKIAABSENTABSENTABSE', secretAccessKey: 'x' }
  const wrongToken = { ...world.root, sessionToken: 'x' }
  const [one, other] = await Promise.all(
    [absent, wrongToken].map((keys) => world.aws.call('sts', 'GetCallerIdentity', {}, keys)),
  )
  expect(one?.code).toBe('InvalidClientTokenId')
  expect(other?.body.replace(/<RequestId>.*/, '')).toBe(one?.body.replace(/<RequestId>.*/, ''))
})
