import { afterAll, beforeAll, expect } from 'vitest'
import { type GoClientsDesk, openGoClientsDesk } from '../support/go-clients-desk.ts'
import { testWith } from '../support/installed-programs.ts'

const test = testWith('regctl')
let desk: GoClientsDesk

beforeAll(async () => {
  desk = await openGoClientsDesk()
})
afterAll(() => desk?.[Symbol.asyncDispose]())

test('regctl logs in with an ECR token', async () => {
  expect(await desk.logIn('regctl')).not.toContain('ended with')
  await desk.regctl.output(['tag', 'ls', `${desk.host}/team/app`])
})

test('regctl carries an index to Berth and back, lists its tag and deletes it', async () => {
  await desk.logIn('regctl')
  const { path, digest } = await desk.layout()
  const [repository, back] = [`${desk.host}/team/app`, `ocidir://${path}-back:v1`]
  await desk.regctl.output(['image', 'copy', `ocidir://${path}:v1`, `${repository}:regctl`])
  expect(await desk.regctl.output(['image', 'digest', `${repository}:regctl`])).toBe(digest)
  await desk.regctl.output(['image', 'copy', `${repository}:regctl`, back])
  expect(await desk.regctl.output(['image', 'digest', back])).toBe(digest)
  expect(await desk.regctl.output(['tag', 'ls', repository])).toBe('regctl')
  await desk.regctl.output(['tag', 'delete', `${repository}:regctl`])
  expect(await desk.regctl.output(['tag', 'ls', repository])).toBe('')
})

test('regctl attaches an artifact and finds it by its type', async () => {
  await desk.logIn('regctl')
  const { path } = await desk.layout()
  const subject = `${desk.host}/team/app:signed`
  await desk.regctl.output(['image', 'copy', `ocidir://${path}:v1`, subject])
  const signature = ['--artifact-type', 'application/vnd.example.signature', '--subject', subject]
  await desk.regctl.output(['artifact', 'put', ...signature], { input: 'signed' })
  const list = (type: string) =>
    desk.regctl.output([
      'artifact',
      'list',
      subject,
      '--filter-artifact-type',
      type,
      '--format',
      '{{json .Descriptors}}',
    ])
  expect(JSON.parse(await list('application/vnd.example.signature'))).toHaveLength(1)
  expect(JSON.parse(await list('application/vnd.example.other')) ?? []).toHaveLength(0)
})
