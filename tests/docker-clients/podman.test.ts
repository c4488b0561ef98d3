import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, expect } from 'vitest'
import { type ContainersDesk, openContainersDesk } from '../support/containers-desk.ts'
import { testAsRootWith } from '../support/installed-programs.ts'

const test = testAsRootWith('podman', 'buildah', 'skopeo')
const plainHttp = '--tls-verify=false'
let desk: ContainersDesk

beforeAll(async () => {
  desk = await openContainersDesk(['team/app'])
})
afterAll(() => desk?.[Symbol.asyncDispose]())

test('podman logs in and out', async () => {
  const login = ['login', plainHttp, '--username', 'AWS', '--password-stdin', desk.berth.host]
  const env = { REGISTRY_AUTH_FILE: join(desk.folder, 'podman-auth.json') }
  expect(await desk.podman.output(login, { input: desk.password, env })).toBe('Login Succeeded!')
  expect(await desk.podman.output(['logout', desk.berth.host], { env })).toContain('Removed login')
})

test('podman is refused with a wrong password', async () => {
  const login = ['login', plainHttp, '--username', 'AWS', '--password-stdin', desk.berth.host]
  const env = { REGISTRY_AUTH_FILE: join(desk.folder, 'stranger-auth.json') }
  const { exitCode, stderr } = await desk.podman.run(login, { input: 'wrong', env })
  expect(exitCode).not.toBe(0)
  expect(stderr).toContain('invalid username/password')
})

for (const format of ['oci', 'v2s2']) {
  test(`podman pulls what it pushed as ${format}`, async () => {
    const reference = `${desk.berth.host}/team/app:${format}`
    await desk.podman.output([
      'build',
      '--isolation',
      'chroot',
      '--tag',
      reference,
      await desk.writeContext(format),
    ])
    const digest = await push(reference, format)
    await desk.podman.output(['rmi', '--force', reference])
    await desk.podman.output(['pull', plainHttp, reference])
    const pulled = ['image', 'inspect', '--format', '{{.Digest}}', reference]
    expect(await desk.podman.output(pulled)).toBe(digest)
  })
}

test('podman pulls by digest', async () => {
  const reference = `${desk.berth.host}/team/app:by-digest`
  await desk.build(reference, 'by digest')
  const pinned = `${desk.berth.host}/team/app@${await push(reference, 'oci')}`
  const id = await desk.podman.output(['image', 'inspect', '--format', '{{.Id}}', reference])
  await desk.podman.output(['rmi', '--force', reference])
  expect(await desk.podman.output(['pull', '--quiet', plainHttp, pinned])).toBe(id)
})

async function push(reference: string, format: string): Promise<string> {
  const file = join(desk.folder, 'digest')
  await desk.podman.output(['push', plainHttp, '--format', format, '--digestfile', file, reference])
  return readFile(file, 'utf8')
}
