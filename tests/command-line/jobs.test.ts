import {
  CreateRepositoryCommand,
  DescribeImagesCommand,
  PutLifecyclePolicyCommand,
} from '@aws-sdk/client-ecr'
import { expect, test } from 'vitest'
import { BERTH, type BerthProcess, startBerthProcess } from '../support/berth-process.ts'
import { outputOf, runProgram } from '../support/client.ts'
import { ecrClientOf, logIn } from '../support/ecr-client.ts'
import { pushImage } from '../support/push-image.ts'
import { blob, imageOf } from '../support/test-image.ts'

const repositoryName = 'team/app'
const berthOf = (berth: BerthProcess, ...args: readonly string[]) =>
  outputOf(process.execPath, [BERTH, ...args, '--data-dir', berth.dataDir])

const afterTwoWeeks = {
  rules: [
    {
      rulePriority: 1,
      selection: { tagStatus: 'any', countType: 'sinceImagePushed', countUnit: 'days', countNumber: 14 },
      action: { type: 'expire' },
    },
  ],
}

async function berthWithImage() {
  const berth = await startBerthProcess({ flags: ['--dev'] })
  const ecr = await ecrClientOf(berth)
  await ecr.send(new CreateRepositoryCommand({ repositoryName }))
  await pushImage(await logIn(berth, ecr), repositoryName, 'v1', imageOf({}, [blob(Buffer.from('layer'))]))
  const lifecyclePolicyText = JSON.stringify(afterTwoWeeks)
  await ecr.send(new PutLifecyclePolicyCommand({ repositoryName, lifecyclePolicyText }))
  return {
    berth,
    countImages: async () => {
      const { imageDetails = [] } = await ecr.send(new DescribeImagesCommand({ repositoryName }))
      return imageDetails.length
    },
    [Symbol.asyncDispose]: () => berth[Symbol.asyncDispose](),
  }
}

test('berth clock lets two weeks pass, and what came of age by then is gone when it returns', async () => {
  await using world = await berthWithImage()
  const { berth, countImages } = world
  await berthOf(berth, 'clock', 'advance', '13d')
  expect(await countImages()).toBe(1)
  expect(await berthOf(berth, 'clock', 'advance', '1d')).toMatch(/, 1209600 seconds ahead\n\d+ jobs? ran$/)
  expect(await countImages()).toBe(0)
  expect(await berthOf(berth, 'clock')).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ, 1209600 seconds ahead$/)
})

test('berth jobs run runs every lifecycle policy and returns when that is done', async () => {
  await using world = await berthWithImage()
  const { berth } = world
  expect(await berthOf(berth, 'jobs', 'run', 'run-lifecycle')).toBe('1 job ran')
  const [job] = JSON.parse(await berthOf(berth, 'jobs', 'list', 'run-lifecycle', '--json'))
  expect(job).toMatchObject({ kind: 'run-lifecycle', status: 'IDLE', attempts: 0 })
  expect(job.finishedAt).toBeDefined()
})

test('berth jobs list shows garbage collection, which is always there', async () => {
  await using berth = await startBerthProcess()
  let lines = ''
  while (!lines.includes('collect-garbage')) lines = await berthOf(berth, 'jobs', 'list')
  expect(lines).toMatch(/^KIND +KEY +STATUS +DUE +ATTEMPTS +LAST ERROR\ncollect-garbage +- +IDLE +\d{4}-/)
})

test('a kind that nobody knows is refused with those there are', async () => {
  await using berth = await startBerthProcess()
  const args = [BERTH, 'jobs', 'run', 'make-coffee', '--data-dir', berth.dataDir]
  const { stderr, exitCode } = await runProgram(process.execPath, args)
  expect(exitCode).toBe(1)
  expect(stderr).toMatch(/'One of .*collect-garbage, /)
})

test('the clock of a server that is not in development mode stays', async () => {
  await using berth = await startBerthProcess()
  const args = [BERTH, 'clock', 'advance', '1d', '--data-dir', berth.dataDir]
  const { stderr, exitCode } = await runProgram(process.execPath, args)
  expect(exitCode).toBe(1)
  expect(stderr).toContain('--dev')
})
