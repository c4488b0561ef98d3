import { DescribeImagesCommand, type ECRClient } from '@aws-sdk/client-ecr'
import { afterAll, beforeAll, describe, expect } from 'vitest'
import { buildImageOf } from '../support/docker-images.ts'
import { startDockerd } from '../support/dockerd.ts'
import {
  type GoClientName,
  type GoClientsDesk,
  layerBytes,
  openGoClientsDesk,
} from '../support/go-clients-desk.ts'
import { testAsRootWith, testWith } from '../support/installed-programs.ts'
import { fetchPassword } from '../support/registry-login.ts'
import { SeededRandom } from '../support/seeded-random.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'

let desk: GoClientsDesk

beforeAll(async () => {
  desk = await openGoClientsDesk()
})
afterAll(() => desk?.[Symbol.asyncDispose]())

type Copier = Exclude<GoClientName, 'helm'> | 'skopeo'

const skopeoTls = ['--src-tls-verify=false', '--dest-tls-verify=false']
const fourLayers = 4 * layerBytes
const copiers: readonly (readonly [Copier, (from: string, to: string) => readonly string[]])[] = [
  ['crane', (from, to) => ['copy', from, to]],
  ['regctl', (from, to) => ['image', 'copy', from, to]],
  ['oras', (from, to) => ['copy', '--from-plain-http', '--to-plain-http', from, to]],
  ['skopeo', (from, to) => ['copy', '--all', ...skopeoTls, `docker://${from}`, `docker://${to}`]],
]

describe.each(copiers)('a copy of an index by %s', (name, copy) => {
  testWith(name, 'crane')('to another repository mounts its layers and sends none', async () => {
    const [there, digest] = await pushed(name)
    const before = desk.proxy.sent
    await desk[name].output(copy(there, `${desk.host}/team/copy:${name}`))
    expect(desk.proxy.sent - before).toBeLessThan(layerBytes)
    expect(await digestOf(desk.ecr, name)).toBe(digest)
    await pullWhole(`${desk.host}/team/copy:${name}`)
  })

  testWith(name, 'crane')('to another account arrives whole, by its bytes', async () => {
    const [there, digest] = await pushed(name)
    const before = desk.proxy.sent
    await desk[name].output(copy(there, `${desk.otherHost}/team/copy:${name}`))
    expect(desk.proxy.sent - before).toBeGreaterThan(fourLayers)
    expect(await digestOf(desk.otherEcr, name)).toBe(digest)
    await pullWhole(`${desk.otherHost}/team/copy:${name}`)
  })
})

testAsRootWith('dockerd', 'docker')(
  'docker pushes an image to a second repository without sending its layer again',
  async () => {
    await using dockerd = await startDockerd()
    const { docker } = dockerd
    const login = ['login', '--username', 'AWS', '--password-stdin', desk.host]
    await docker.output(login, { input: await fetchPassword(desk.ecr) })
    const [first, second] = [`${desk.host}/team/app:docker`, `${desk.host}/team/copy:docker`]
    await buildImageOf(docker, [first, second], { random: new SeededRandom('docker').bytes(layerBytes) })
    const sentBy = async (reference: string) => {
      const before = desk.proxy.sent
      await docker.output(['push', reference])
      return desk.proxy.sent - before
    }
    expect(await sentBy(first)).toBeGreaterThan(layerBytes)
    expect(await sentBy(second)).toBeLessThan(layerBytes)
  },
)

/** A new index of two images in team/app, named by its digest. */
async function pushed(name: Copier): Promise<[reference: string, digest: string]> {
  await desk.logIn('crane')
  if (name === 'oras' || name === 'regctl') await desk.logIn(name)
  const { path, digest } = await desk.layout()
  const before = desk.proxy.sent
  // crane wraps the layout's index into one more.
  await desk.crane.output(['push', '--index', path, `${desk.host}/team/app:${name}`])
  expect(desk.proxy.sent - before).toBeGreaterThan(fourLayers)
  const reference = `${desk.host}/team/app@${digest}`
  if (name === 'skopeo') await readBySkopeo(reference, `${path}-read`)
  return [reference, digest]
}

/** skopeo mounts only what it remembers to have read from a repository. */
async function readBySkopeo(reference: string, folder: string): Promise<void> {
  await desk.skopeo.output([
    'copy',
    '--all',
    '--src-tls-verify=false',
    `docker://${reference}`,
    `dir:${folder}`,
  ])
}

/** Every manifest and layer, whose digests crane checks. */
async function pullWhole(reference: string): Promise<void> {
  await using folder = await temporaryFolder()
  await desk.crane.output(['pull', '--format', 'oci', reference, folder.path])
}

async function digestOf(ecr: ECRClient, imageTag: string): Promise<string | undefined> {
  const wanted = new DescribeImagesCommand({ repositoryName: 'team/copy', imageIds: [{ imageTag }] })
  const { imageDetails } = await ecr.send(wanted)
  return imageDetails?.[0]?.imageDigest
}
