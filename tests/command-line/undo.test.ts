import { BatchDeleteImageCommand, CreateRepositoryCommand, type ECRClient } from '@aws-sdk/client-ecr'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { BERTH, type BerthProcess, startBerthProcess } from '../support/berth-process.ts'
import { outputOf, runProgram } from '../support/client.ts'
import { ecrClientOf, logIn } from '../support/ecr-client.ts'
import { pullImage } from '../support/pull-image.ts'
import { pushImage } from '../support/push-image.ts'
import type { RegistryAccess } from '../support/registry-client.ts'
import { SeededRandom } from '../support/seeded-random.ts'
import { randomImage } from '../support/test-image.ts'

const repositoryName = 'team/app'
const random = new SeededRandom('undo')
const [first, second] = [randomImage(random), randomImage(random)]
let berth: BerthProcess
let ecr: ECRClient
let registry: RegistryAccess

beforeAll(async () => {
  berth = await startBerthProcess()
  ecr = await ecrClientOf(berth)
  await ecr.send(new CreateRepositoryCommand({ repositoryName }))
  registry = await logIn(berth, ecr)
  await pushImage(registry, repositoryName, 'latest', first)
  await pushImage(registry, repositoryName, 'latest', second)
})
afterAll(async () => {
  ecr.destroy()
  await berth[Symbol.asyncDispose]()
})

function run(...args: readonly string[]) {
  return runProgram(process.execPath, [BERTH, ...args, '--data-dir', berth.dataDir])
}

function output(...args: readonly string[]): Promise<string> {
  return outputOf(process.execPath, [BERTH, ...args, '--data-dir', berth.dataDir])
}

test('a tag that a push has moved is pointed back, across a restart', async () => {
  const [columns, ...changes] = (await output('history', `${berth.host}/team/app:latest`)).split('\n')
  expect(columns).toMatch(/^WHEN +TAG +FROM +TO +BY +WHO$/)
  expect(changes).toHaveLength(2)
  expect(changes[0]).toMatch(
    new RegExp(`Z   latest   ${first.digest}   ${second.digest}   push   arn:aws:iam::0{12}:root$`),
  )
  await berth.kill()
  await berth.start()
  expect(await output('restore', `team/app@${first.digest}`, 'latest')).toBe(`Tagged ${first.digest} latest`)
  expect(await pullImage(registry, repositoryName, 'latest')).toBe(first.digest)
})

test('a deleted image is listed and restored with its tags', async () => {
  const imageIds = [{ imageDigest: first.digest }]
  await ecr.send(new BatchDeleteImageCommand({ repositoryName, imageIds }))
  const listed: unknown = JSON.parse(await output('history', 'team/app', '--deleted', '--json'))
  expect(listed).toMatchObject([
    { imageDigest: first.digest, imageTags: ['latest'], reason: 'batch-delete-image' },
  ])
  expect(await output('history', 'team/app', '--deleted')).toContain(`${first.digest}   latest   1.2 KiB`)
  expect(await output('restore', `team/app@${first.digest}`, '--tags')).toBe(
    `Restored ${first.digest}\nTagged ${first.digest} latest`,
  )
  expect(await pullImage(registry, repositoryName, 'latest')).toBe(first.digest)
  expect(await output('restore', `team/app@${first.digest}`)).toBe(`Nothing to do: ${first.digest} is there`)
})

test('what there is more of is said, and where to look for what is missing', async () => {
  const limited = await run('history', 'team/app', '--limit', '1')
  expect(limited.stdout.trim().split('\n')).toHaveLength(2)
  expect(limited.stderr).toBe('berth: these are the latest 1; --limit shows more\n')
  const unnamed = await run('restore', 'team/app:latest')
  expect(unnamed).toMatchObject({ exitCode: 1, stdout: '' })
  expect(unnamed.stderr).toContain('berth history team/app --deleted')
  const unknown = await run('restore', `team/app@sha256:${'0'.repeat(64)}`)
  expect(unknown).toMatchObject({ exitCode: 1, stdout: '' })
  expect(unknown.stderr).toContain('ImageNotFoundException')
  expect(unknown.stderr).toContain('berth history <repository> --deleted')
  const misused = await run('history', 'team/app', '--limit', 'many')
  expect(misused.exitCode).toBe(2)
})
