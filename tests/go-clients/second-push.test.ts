import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect } from 'vitest'
import type { Client } from '../support/client.ts'
import { type ContainersTools, prepareContainersTools } from '../support/containers-tools.ts'
import { buildImageOf } from '../support/docker-images.ts'
import { startDockerd } from '../support/dockerd.ts'
import { type GoClientsDesk, layerBytes, openGoClientsDesk } from '../support/go-clients-desk.ts'
import { testAsRootWith } from '../support/installed-programs.ts'
import { fetchPassword } from '../support/registry-login.ts'
import { SeededRandom } from '../support/seeded-random.ts'

const random = new SeededRandom('second push')
let desk: GoClientsDesk

beforeAll(async () => {
  desk = await openGoClientsDesk()
})
afterAll(() => desk?.[Symbol.asyncDispose]())

describe.each(['podman', 'buildah'] as const)('a push by %s', (name) => {
  const test = testAsRootWith('podman', 'skopeo', 'buildah')
  test('to a second repository mounts the layer and sends none of it', async () => {
    await using tools = await prepareContainersTools()
    const login = ['login', '--tls-verify=false', '--username', 'AWS', '--password-stdin', desk.host]
    await tools.skopeo.output(login, { input: await fetchPassword(desk.ecr) })
    const image = `localhost/pushed-by/${name}`
    await buildRandomImage(tools, image)
    const push = (to: string) => ['push', '--tls-verify=false', image, `docker://${desk.host}/${to}:${name}`]
    expect(await sentBy(tools[name], push('team/app'))).toBeGreaterThan(layerBytes)
    expect(await sentBy(tools[name], push('team/copy'))).toBeLessThan(layerBytes / 2)
    await tools.skopeo.output([
      'copy',
      '--src-tls-verify=false',
      `docker://${desk.host}/team/copy:${name}`,
      `dir:${join(tools.folder, 'read')}`,
    ])
  })
})

testAsRootWith(
  'dockerd',
  'docker',
  'ctr',
)('containerd mounts in a second repository the layer that it pulled from the first', async () => {
  await using dockerd = await startDockerd()
  const { docker, ctr } = dockerd
  const password = await fetchPassword(desk.ecr)
  await docker.output(['login', '--username', 'AWS', '--password-stdin', desk.host], { input: password })
  const [first, second] = [`${desk.host}/team/app:ctr`, `${desk.host}/team/copy:ctr`]
  await buildImageOf(docker, [first], { random: random.bytes(layerBytes) })
  expect(await sentBy(docker, ['push', first])).toBeGreaterThan(layerBytes)
  const login = ['--plain-http', '--user', `AWS:${password}`]
  await ctr.output(['images', 'pull', ...login, first])
  await ctr.output(['images', 'tag', first, second])
  expect(await sentBy(ctr, ['images', 'push', ...login, second])).toBeLessThan(layerBytes / 2)
  await docker.output(['pull', second])
})

/** Bytes that a run of a client sends towards Berth. */
async function sentBy(client: Client, args: readonly string[]): Promise<number> {
  const before = desk.proxy.sent
  await client.output(args)
  return desk.proxy.sent - before
}

async function buildRandomImage({ buildah, folder }: ContainersTools, name: string): Promise<void> {
  await writeFile(join(folder, 'Containerfile'), 'FROM scratch\nCOPY random /\n')
  await writeFile(join(folder, 'random'), random.bytes(layerBytes))
  await buildah.output(['bud', '--tag', name, folder])
}
