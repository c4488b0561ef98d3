import { join } from 'node:path'
import { ListImagesCommand } from '@aws-sdk/client-ecr'
import { afterAll, beforeAll, expect } from 'vitest'
import { type GoClientsDesk, openGoClientsDesk } from '../support/go-clients-desk.ts'
import { testWith } from '../support/installed-programs.ts'

const test = testWith('helm')
let desk: GoClientsDesk

beforeAll(async () => {
  desk = await openGoClientsDesk()
})
afterAll(() => desk?.[Symbol.asyncDispose]())

test('helm logs in with an ECR token', async () => {
  expect(await desk.logIn('helm')).toContain('Login Succeeded')
})

test('helm pushes a chart, shows it and pulls it', async () => {
  await desk.logIn('helm')
  const cwd = join(desk.folder, 'work')
  const chart = `oci://${desk.host}/charts/demo`
  await desk.helm.output(['create', 'demo'], { cwd })
  await desk.helm.output(['package', 'demo'], { cwd })
  await desk.helm.output(['push', '--plain-http', 'demo-0.1.0.tgz', `oci://${desk.host}/charts`], { cwd })
  expect(await desk.helm.output(['show', 'chart', '--plain-http', chart])).toContain('name: demo')
  await desk.helm.output(
    ['pull', '--plain-http', chart, '--version', '0.1.0', '--untar', '--untardir', 'back'],
    { cwd },
  )
  const { imageIds } = await desk.ecr.send(new ListImagesCommand({ repositoryName: 'charts/demo' }))
  expect(imageIds).toMatchObject([{ imageTag: '0.1.0' }])
})
