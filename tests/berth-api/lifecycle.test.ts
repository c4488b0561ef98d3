import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type ECRClient, GetLifecyclePolicyCommand } from '@aws-sdk/client-ecr'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { policyText } from '../../src/core/lifecycle/testing/lifecycle-world.ts'
import { BERTH, type BerthProcess, startBerthProcess } from '../support/berth-process.ts'
import { outputOf, runProgram } from '../support/client.ts'
import { ecrClientOf, logIn } from '../support/ecr-client.ts'
import { fillRepository } from '../support/fill-repository.ts'

const repositoryName = 'team/app'
const anyImage = { tagStatus: 'any' }
const newest = { ...anyImage, countType: 'imageCountMoreThan' }
const unused = { ...anyImage, countType: 'sinceImagePulled', countUnit: 'days', countNumber: 90 }
const latest = { tagStatus: 'tagged', tagPrefixList: ['v1'], countType: 'imageCountMoreThan', countNumber: 5 }

let berth: BerthProcess
let ecr: ECRClient
let digests: string[]
beforeAll(async () => {
  berth = await startBerthProcess()
  ecr = await ecrClientOf(berth)
  digests = await fillRepository(ecr, await logIn(berth, ecr), repositoryName, 4)
})
afterAll(async () => {
  ecr.destroy()
  await berth[Symbol.asyncDispose]()
})

function berthCommand(...args: readonly string[]): readonly [string, string[]] {
  return [process.execPath, [BERTH, 'lifecycle', ...args, '--data-dir', berth.dataDir]]
}

async function fileOf(text: string): Promise<string> {
  const file = join(berth.dataDir, 'policy.json')
  await writeFile(file, text)
  return file
}

test('without a policy, and without a text to try, the repository is named', async () => {
  const { exitCode, stderr } = await runProgram(...berthCommand(repositoryName))
  expect(stderr).toContain("Lifecycle policy does not exist for the repository with name 'team/app'")
  expect(exitCode).not.toBe(0)
})

test('a policy that is tried says of each image why it stays or expires, and changes nothing', async () => {
  const keep = { selection: latest, action: { type: 'keep' } }
  const file = await fileOf(policyText(keep, { selection: { ...newest, countNumber: 1 } }))
  const explained = JSON.parse(await outputOf(...berthCommand(repositoryName, '--try', file, '--json')))
  expect(explained).toMatchObject([
    { imageDigest: digests[3], outcome: 'KEEP', reason: 'WITHIN_COUNT', rulePriority: 2 },
    { imageDigest: digests[2], outcome: 'EXPIRE', reason: 'BEYOND_COUNT', rulePriority: 2 },
    {
      imageDigest: digests[1],
      outcome: 'KEEP',
      reason: 'KEEP_RULE',
      rulePriority: 1,
      heldBackRulePriorities: [2],
    },
    { imageDigest: digests[0], outcome: 'EXPIRE', reason: 'BEYOND_COUNT', rulePriority: 2 },
  ])
  const lines = (await outputOf(...berthCommand(repositoryName, '--try', file))).split('\n')
  expect(lines[0]).toMatch(/^PUSHED +IMAGE +TAGS +SIZE +OUTCOME +WHY$/)
  expect(lines[3]).toMatch(/v1 .* stays +rule 1 keeps it; rule 2 may not touch it$/)
  expect(lines[4]).toMatch(/v0 .* expires +rule 2 expires it$/)
  expect(lines.at(-2)).toMatch(/^Expire +2 of 4 images$/)
})

test("a policy by last pull is put in Berth's language and comes back at ECR's door", async () => {
  const file = await fileOf(policyText({ selection: unused }))
  expect(await outputOf(...berthCommand(repositoryName, '--put', file))).toContain('in force')
  const { lifecyclePolicyText } = await ecr.send(new GetLifecyclePolicyCommand({ repositoryName }))
  expect(lifecyclePolicyText).toBe(policyText({ selection: unused }))
  const lines = (await outputOf(...berthCommand(repositoryName))).split('\n')
  expect(lines[1]).toMatch(/stays +rule 1 selects it, and it is young enough until 20\d\d-/)
})

test('a policy that breaks a rule is refused with what is wrong', async () => {
  const file = await fileOf(policyText({ selection: { ...newest, countNumber: 0 } }))
  for (const flag of ['--try', '--put']) {
    const { exitCode, stderr } = await runProgram(...berthCommand(repositoryName, flag, file))
    expect(stderr).toContain('numeric instance is lower than the required minimum (minimum: 1, found: 0)')
    expect(exitCode).not.toBe(0)
  }
  const { stderr } = await runProgram(...berthCommand(repositoryName, '--try', 'no-such-file'))
  expect(stderr).toContain("The policy can't be read: no-such-file")
})
