import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, expect } from 'vitest'
import { type ContainersDesk, openContainersDesk } from '../support/containers-desk.ts'
import { testAsRootWith } from '../support/installed-programs.ts'
import { digestOf } from '../support/test-image.ts'

const test = testAsRootWith('skopeo', 'buildah', 'podman')
const plainHttp = '--tls-verify=false'
let desk: ContainersDesk

beforeAll(async () => {
  desk = await openContainersDesk(['team/app', 'team/copy', 'team/many', 'team/tags'])
})
afterAll(() => desk?.[Symbol.asyncDispose]())

for (const format of ['oci', 'v2s2']) {
  test(`an image of format ${format} comes back from Berth as it went`, async () => {
    const there = at('team/app', format)
    await copy(await imageWith(format), there, '--format', format)
    await copy(there, folder(`dir-${format}`))
    const manifest = await readFile(join(desk.folder, `dir-${format}`, 'manifest.json'))
    expect(digestOf(manifest)).toBe(await digest(there))
  })
}

test('an OCI layout comes back from Berth as it went', async () => {
  const [there, again] = [at('team/app', 'layout'), at('team/copy', 'layout')]
  await copy(await imageWith('layout'), there)
  await copy(there, `oci:${join(desk.folder, 'layout')}:v1`)
  await copy(`oci:${join(desk.folder, 'layout')}:v1`, again)
  expect(await digest(again)).toBe(await digest(there))
})

test('a docker archive comes back from Berth as the same image', async () => {
  const [there, again] = [at('team/app', 'archive'), at('team/copy', 'archive')]
  const archive = `docker-archive:${join(desk.folder, 'image.tar')}:archive:v1`
  await copy(await imageWith('archive'), archive)
  await copy(archive, there)
  await copy(there, `docker-archive:${join(desk.folder, 'back.tar')}:archive:v1`)
  await copy(`docker-archive:${join(desk.folder, 'back.tar')}:archive:v1`, again)
  expect(await configDigest(again)).toBe(await configDigest(there))
})

test('an index and all its images are copied between repositories and to a layout', async () => {
  const [there, again] = [at('team/many', 'v1'), at('team/copy', 'many')]
  await pushIndex('team/many', 'v1')
  await copy(there, again, '--all')
  await copy(again, `oci:${join(desk.folder, 'many')}:v1`, '--all')
  const layout = JSON.parse(await readFile(join(desk.folder, 'many', 'index.json'), 'utf8'))
  expect(await digest(again)).toBe(await digest(there))
  expect(layout.manifests[0].digest).toBe(await digest(there))
})

test('inspect tells what an image is and which tags its repository has', async () => {
  await copy(await imageWith('inspected'), at('team/tags', 'inspected'))
  const told = JSON.parse(await desk.skopeo.output(['inspect', plainHttp, at('team/tags', 'inspected')]))
  expect(told).toMatchObject({ Name: `${desk.berth.host}/team/tags`, Architecture: 'amd64', Os: 'linux' })
  expect(told.RepoTags).toContain('inspected')
})

test('tags are listed in order, and a deleted image is listed no more', async () => {
  for (const tag of ['b', 'a', 'c']) await copy(await imageWith(tag), at('team/tags', tag))
  expect(await tagsOf('team/tags')).toEqual(expect.arrayContaining(['a', 'b', 'c']))
  await desk.skopeo.output(['delete', plainHttp, at('team/tags', 'b')])
  const left = await tagsOf('team/tags')
  expect(left).not.toContain('b')
  expect(left).toEqual(left.toSorted())
})

function at(repository: string, tag: string): string {
  return `docker://${desk.berth.host}/${repository}:${tag}`
}

function folder(name: string): string {
  return `dir:${join(desk.folder, name)}`
}

/** An image of the local store that differs from every other one. */
async function imageWith(text: string): Promise<string> {
  await desk.build(`localhost/image/${text}:v1`, text)
  return `containers-storage:localhost/image/${text}:v1`
}

async function copy(from: string, to: string, ...flags: string[]): Promise<void> {
  const tls = ['--src-tls-verify=false', '--dest-tls-verify=false']
  await desk.skopeo.output(['copy', ...tls, ...flags, from, to])
}

async function raw(reference: string): Promise<string> {
  const { stdout } = await desk.skopeo.run(['inspect', plainHttp, '--raw', reference])
  return stdout
}

async function digest(reference: string): Promise<string> {
  return digestOf(await raw(reference))
}

async function configDigest(reference: string): Promise<string> {
  return JSON.parse(await raw(reference)).config.digest
}

async function tagsOf(repository: string): Promise<string[]> {
  const listed = await desk.skopeo.output([
    'list-tags',
    plainHttp,
    `docker://${desk.berth.host}/${repository}`,
  ])
  return JSON.parse(listed).Tags
}

async function pushIndex(repository: string, tag: string): Promise<void> {
  const list = `localhost/list/${tag}`
  await desk.buildah.output(['manifest', 'create', list])
  for (const arch of ['amd64', 'arm64']) {
    await desk.buildah.output(['manifest', 'add', '--arch', arch, list, await imageWith(arch)])
  }
  await desk.buildah.output(['manifest', 'push', '--all', plainHttp, list, at(repository, tag)])
}
