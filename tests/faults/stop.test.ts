import { once } from 'node:events'
import { type ClientRequest, type IncomingMessage, request } from 'node:http'
import { CreateRepositoryCommand } from '@aws-sdk/client-ecr'
import { expect, test } from 'vitest'
import { startBerthProcess } from '../support/berth-process.ts'
import { ecrClientOf, logIn } from '../support/ecr-client.ts'
import { pullImage } from '../support/pull-image.ts'
import { pushBlob, pushManifest, startUpload, withDigest } from '../support/push-image.ts'
import { type RegistryAccess, send } from '../support/registry-client.ts'
import { SeededRandom } from '../support/seeded-random.ts'
import { randomImage, type TestBlob } from '../support/test-image.ts'

const repositoryName = 'team/app'

test('SIGTERM lets a running push of a layer finish, and takes no new connection meanwhile', async () => {
  await using berth = await startBerthProcess()
  const ecr = await ecrClientOf(berth)
  const registry = await logIn(berth, ecr)
  await ecr.send(new CreateRepositoryCommand({ repositoryName }))
  const image = randomImage(new SeededRandom('stop'), [1_000_000])
  const [layer = image.config] = image.layers
  const half = layer.content.length / 2
  const push = await startPush(registry, layer)
  await flush(push, layer.content.subarray(0, half))
  const stopped = berth.terminate()
  await expect.poll(() => refusalOf(registry)).toMatchObject({ cause: { code: 'ECONNREFUSED' } })
  push.end(layer.content.subarray(half))
  expect((await answerTo(push)).statusCode).toBe(201)
  expect(await stopped).toBe(0)
  await berth.start()
  await pushBlob(registry, repositoryName, image.config)
  await pushManifest(registry, repositoryName, 'v1', image)
  expect(await pullImage(registry, repositoryName, 'v1')).toBe(image.digest)
})

test('SIGTERM ends an idle Berth at once, with success', async () => {
  await using berth = await startBerthProcess()
  expect(await berth.terminate()).toBe(0)
})

/** Begins the one request that finishes an upload with all its bytes; resolves once the server waits for them. */
async function startPush(registry: RegistryAccess, { digest, content }: TestBlob): Promise<ClientRequest> {
  const location = withDigest(await startUpload(registry, repositoryName), digest)
  const length = { 'content-length': content.length, expect: '100-continue' }
  const headers = { authorization: registry.authorization, ...length }
  const push = request(new URL(location, registry.url), { method: 'PUT', headers })
  await once(push, 'continue')
  return push
}

function flush(push: ClientRequest, bytes: Buffer): Promise<void> {
  return new Promise((resolve, reject) => {
    push.write(bytes, (error) => (error ? reject(error) : resolve()))
  })
}

async function answerTo(push: ClientRequest): Promise<IncomingMessage> {
  const [answer] = await once(push, 'response')
  return answer
}

/** Why a request gets no answer, or its answer. */
function refusalOf(registry: RegistryAccess): Promise<unknown> {
  return send(registry, 'GET', '/v2/').catch((reason: unknown) => reason)
}
