import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { get, type IncomingMessage } from 'node:http'
import {
  BatchDeleteImageCommand,
  CreateRepositoryCommand,
  DeleteRepositoryCommand,
} from '@aws-sdk/client-ecr'
import { expect, test } from 'vitest'
import { startBerthProcess } from '../support/berth-process.ts'
import { ecrClientOf, logIn } from '../support/ecr-client.ts'
import { pushImage } from '../support/push-image.ts'
import { type RegistryAccess, send } from '../support/registry-client.ts'
import { SeededRandom } from '../support/seeded-random.ts'
import { randomImage } from '../support/test-image.ts'

const repositoryName = 'team/app'
const MIB = 1024 * 1024

test('a pull that is under way ends well although the image and its repository are deleted', async () => {
  await using berth = await startBerthProcess()
  const ecr = await ecrClientOf(berth)
  const registry = await logIn(berth, ecr)
  await ecr.send(new CreateRepositoryCommand({ repositoryName }))
  const image = randomImage(new SeededRandom('delete while pulling'), [200 * MIB])
  await pushImage(registry, repositoryName, 'v1', image)
  const layer = image.layers[0]?.digest ?? ''
  const pull = await startPull(registry, `/v2/${repositoryName}/blobs/${layer}`)
  await ecr.send(new BatchDeleteImageCommand({ repositoryName, imageIds: [{ imageTag: 'v1' }] }))
  await send(registry, 'DELETE', `/v2/${repositoryName}/blobs/${layer}`)
  await ecr.send(new DeleteRepositoryCommand({ repositoryName, force: true }))
  expect((await send(registry, 'GET', `/v2/${repositoryName}/blobs/${layer}`)).status).toBe(404)
  expect(await digestOfRest(pull)).toBe(layer)
})

/** Asks for a blob and reads nothing of it yet. */
async function startPull({ url, authorization }: RegistryAccess, path: string): Promise<IncomingMessage> {
  const request = get(new URL(path, url), { headers: { authorization } })
  const answered = new Promise<IncomingMessage>((resolve) => request.once('response', resolve))
  return Promise.race([answered, once(request, 'error').then(([error]) => Promise.reject(error))])
}

async function digestOfRest(pull: IncomingMessage): Promise<string> {
  const hash = createHash('sha256')
  for await (const chunk of pull) hash.update(chunk)
  return `sha256:${hash.digest('hex')}`
}
