import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, expect } from 'vitest'
import { type GoClientsDesk, openGoClientsDesk } from '../support/go-clients-desk.ts'
import { testWith } from '../support/installed-programs.ts'
import { digestOf } from '../support/test-image.ts'

const test = testWith('crane')
let desk: GoClientsDesk

beforeAll(async () => {
  desk = await openGoClientsDesk()
})
afterAll(() => desk?.[Symbol.asyncDispose]())

test('crane logs in with an ECR token', async () => {
  expect(await desk.logIn('crane')).toContain('logged in')
})

test('crane pushes an index with its images, and pulls it as it was', async () => {
  await desk.logIn('crane')
  const there = `${desk.host}/team/app:crane`
  const { path, digest } = await pushLayout(there)
  expect(await desk.crane.output(['digest', there])).toBe(digest)
  await desk.crane.output(['pull', '--format', 'oci', there, `${path}-back`])
  const back = JSON.parse(await readFile(join(`${path}-back`, 'index.json'), 'utf8'))
  expect(back.manifests).toMatchObject([{ digest }])
})

test('crane tags, lists and deletes', async () => {
  await desk.logIn('crane')
  const repository = `${desk.host}/team/app`
  const { digest } = await pushLayout(`${repository}:listed`)
  await desk.crane.output(['tag', `${repository}:listed`, 'second'])
  expect((await desk.crane.output(['ls', repository])).split('\n')).toEqual(
    expect.arrayContaining(['listed', 'second']),
  )
  expect((await desk.crane.output(['catalog', desk.host])).split('\n')).toContain('team/app')
  await desk.crane.output(['delete', `${repository}@${digest}`])
  const { exitCode, stderr } = await desk.crane.run(['digest', `${repository}:listed`])
  expect(exitCode).not.toBe(0)
  expect(stderr).toContain('MANIFEST_UNKNOWN')
})

/** crane pushes the layout's own list as the index. */
async function pushLayout(reference: string): Promise<{ readonly path: string; readonly digest: string }> {
  const { path } = await desk.layout()
  await desk.crane.output(['push', '--index', path, reference])
  return { path, digest: digestOf(await readFile(join(path, 'index.json'))) }
}
