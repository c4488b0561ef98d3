import { afterAll, beforeAll, expect, test } from 'vitest'
import { signCall } from '../../../src/protocols/aws/signature/sign-call.ts'
import { presign } from '../../../src/protocols/aws/testing/official-signer.ts'
import { sendRaw } from '../../support/raw-request.ts'
import { type AttackWorld, openAttackWorld } from './attack-world.ts'

let world: AttackWorld
beforeAll(async () => {
  world = await openAttackWorld()
})
afterAll(() => world[Symbol.asyncDispose]())

const body = JSON.stringify({ repositoryName: 'taken' })
const target = 'AmazonEC2ContainerRegistry_V20150921.'

interface Sent {
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
  readonly path: string
}

function signed(age = 0, service = 'ecr', region = 'us-east-1'): Sent {
  const url = new URL(`http://localhost:${world.berth.port}/`)
  const headers = {
    'content-type': 'application/x-amz-json-1.1',
    'x-amz-target': `${target}DescribeRepositories`,
  }
  const time = new Date(Date.now() - age)
  return {
    headers: signCall({ url, body: '{}', headers, time }, { ...world.root, service, region }),
    body: '{}',
    path: '/',
  }
}

async function codeOf(sent: Sent): Promise<string> {
  const headers = { 'x-forwarded-for': world.aws.freshAddress(), ...sent.headers }
  const answer = await sendRaw(world.berth.port, { ...sent, method: 'POST', headers })
  return answer.status === 200 ? 'ok' : (/"__type":"([^"]+)"/.exec(answer.body)?.[1] ?? answer.body)
}

test('a signature is good for what was signed and nothing else', async () => {
  const sent = signed()
  expect(await codeOf(sent)).toBe('ok')
  const { headers } = sent
  const altered: Record<string, Sent> = {
    'another body': { ...sent, body },
    'another operation': { ...sent, headers: { ...headers, 'x-amz-target': `${target}DeleteRepository` } },
    'another time': {
      ...sent,
      headers: { ...headers, 'x-amz-date': headers['x-amz-date']?.replace(/\d\d\dZ$/, '000Z') ?? '' },
    },
    'another host': { ...sent, headers: { ...headers, host: 'elsewhere.example' } },
    'a query': { ...sent, path: '/?X=1' },
    'another path': { ...sent, path: '/berth/v1/DescribeServer' },
    'another region': {
      ...sent,
      headers: { ...headers, authorization: (headers.authorization ?? '').replace('us-east-1', 'eu-west-1') },
    },
    'a target that is not signed': {
      ...sent,
      headers: { ...headers, authorization: (headers.authorization ?? '').replace(';x-amz-target', '') },
    },
  }
  for (const [what, each] of Object.entries(altered)) expect(await codeOf(each), what).not.toBe('ok')
})

test('a signature of another service, or of more than some minutes ago, is none', async () => {
  expect(await codeOf(signed(0, 'sts'))).toBe('InvalidSignatureException')
  expect(await codeOf(signed(6 * 60_000))).toBe('InvalidSignatureException')
  expect(await codeOf(signed(-6 * 60_000))).toBe('InvalidSignatureException')
})

test('a presigned URL is not used again after its end, and no end of its own making helps', async () => {
  const { accessKeyId: keyId, secretAccessKey: secret } = world.root
  const at = (age: number, expires: number) =>
    presign(
      {
        method: 'GET',
        path: '/',
        query: { Action: 'GetCallerIdentity', Version: '2011-06-15' },
        headers: { host: `localhost:${world.berth.port}` },
      },
      { keyId, secret, service: 'sts', time: new Date(Date.now() - age) },
      expires,
    )
  const statusOf = async (url: string) =>
    (await sendRaw(world.berth.port, { path: url, headers: { host: `localhost:${world.berth.port}` } }))
      .status
  const fresh = (await at(0, 60)).url ?? ''
  expect(await statusOf(fresh)).toBe(200)
  expect(await statusOf(fresh)).toBe(200)
  const old = (await at(61_000, 60)).url ?? ''
  expect(await statusOf(old)).toBe(403)
  expect(await statusOf(old.replace('X-Amz-Expires=60', 'X-Amz-Expires=600'))).toBe(403)
  expect(await statusOf((await at(16 * 60_000, 604_800)).url ?? '')).toBe(403)
})
