import { setTimeout as wait } from 'node:timers/promises'
import {
  DescribeImagesCommand,
  type ECRClient,
  GetLifecyclePolicyCommand,
  GetLifecyclePolicyPreviewCommand,
  PutLifecyclePolicyCommand,
  paginateGetLifecyclePolicyPreview,
  StartLifecyclePolicyPreviewCommand,
  waitUntilLifecyclePolicyPreviewComplete,
} from '@aws-sdk/client-ecr'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { policyText } from '../../src/core/lifecycle/testing/lifecycle-world.ts'
import { bothAwsClis } from '../support/aws-cli.ts'
import { type BerthProcess, startBerthProcess } from '../support/berth-process.ts'
import { ecrClientOf, logIn } from '../support/ecr-client.ts'
import { fillRepository } from '../support/fill-repository.ts'
import { testUnless, testWith } from '../support/installed-programs.ts'
import { openShell, type Shell } from '../support/shell.ts'

const lifecyclePolicyText = policyText({
  selection: { tagStatus: 'any', countType: 'imageCountMoreThan', countNumber: 3 },
})

let berth: BerthProcess
let ecr: ECRClient
beforeAll(async () => {
  berth = await startBerthProcess()
  ecr = await ecrClientOf(berth)
})
afterAll(async () => {
  ecr.destroy()
  await berth[Symbol.asyncDispose]()
})

async function fill(repositoryName: string, count: number): Promise<string[]> {
  return fillRepository(ecr, await logIn(berth, ecr), repositoryName, count)
}

describe('the SDK', () => {
  const repositoryName = 'team/sdk'
  let digests: string[]
  beforeAll(async () => {
    digests = await fill(repositoryName, 6)
  })

  test('waits for a preview and pages through it; nothing is deleted by that', async () => {
    await ecr.send(new StartLifecyclePolicyPreviewCommand({ repositoryName, lifecyclePolicyText }))
    const waiting = { client: ecr, maxWaitTime: 30, minDelay: 1, maxDelay: 1 }
    await waitUntilLifecyclePolicyPreviewComplete(waiting, { repositoryName })
    const found: unknown[] = []
    const pages = paginateGetLifecyclePolicyPreview({ client: ecr, pageSize: 2 }, { repositoryName })
    for await (const { previewResults = [] } of pages) {
      found.push(...previewResults.map(({ imageDigest }) => imageDigest))
    }
    expect(found).toEqual(digests.slice(0, 3))
    const { summary } = await ecr.send(new GetLifecyclePolicyPreviewCommand({ repositoryName }))
    expect(summary).toEqual({ expiringImageTotalCount: 3 })
    const { imageDetails } = await ecr.send(new DescribeImagesCommand({ repositoryName }))
    expect(imageDetails).toHaveLength(6)
  })

  test('puts a policy, which runs by itself', async () => {
    await ecr.send(new PutLifecyclePolicyCommand({ repositoryName, lifecyclePolicyText }))
    await evaluated(repositoryName)
    const { imageDetails = [] } = await ecr.send(new DescribeImagesCommand({ repositoryName }))
    expect(imageDetails.map(({ imageDigest }) => imageDigest)).toEqual(digests.slice(3).toReversed())
  })

  test('refuses a policy that ECR would refuse, in the words of ECR', async () => {
    const text = lifecyclePolicyText.replace('"countNumber":3', '"countNumber":0')
    const put = ecr.send(new PutLifecyclePolicyCommand({ repositoryName, lifecyclePolicyText: text }))
    await expect(put).rejects.toMatchObject({
      name: 'InvalidParameterException',
      message:
        "Invalid parameter at 'LifecyclePolicyText' failed to satisfy constraint: 'Lifecycle policy validation failure: numeric instance is lower than the required minimum (minimum: 1, found: 0)'",
    })
  })
})

describe.each(await bothAwsClis())('aws CLI version $major', ({ major, aws }) => {
  const test = aws ? testWith('curl') : testUnless(`aws CLI version ${major} not installed`)
  const repositoryName = `team/cli${major}`
  const repository = `--repository-name ${repositoryName}`
  const policy = `--lifecycle-policy-text '${lifecyclePolicyText}'`
  let shell: Shell
  let digests: string[]
  beforeAll(async () => {
    if (!aws) return
    shell = await openShell({ berth, aws })
    digests = await fill(repositoryName, 4)
  })
  afterAll(() => shell?.[Symbol.asyncDispose]())

  test('starts a preview, waits for it and shows it', async () => {
    await shell.type(`aws ecr start-lifecycle-policy-preview ${repository} ${policy}`)
    await shell.type(`aws ecr wait lifecycle-policy-preview-complete ${repository}`)
    const shown = JSON.parse(await shell.type(`aws ecr get-lifecycle-policy-preview ${repository}`))
    expect(shown).toMatchObject({
      status: 'COMPLETE',
      previewResults: [
        { imageDigest: digests[0], imageTags: ['v0'], action: { type: 'EXPIRE' }, appliedRulePriority: 1 },
      ],
      summary: { expiringImageTotalCount: 1 },
    })
  })

  test('puts, gets and deletes a policy', async () => {
    const get = `aws ecr get-lifecycle-policy ${repository}`
    const missing = await shell.try(get)
    expect(missing.stderr).toContain(
      `(LifecyclePolicyNotFoundException) when calling the GetLifecyclePolicy operation: Lifecycle policy does not exist for the repository with name '${repositoryName}' in the registry with id '000000000000'`,
    )
    await shell.type(`aws ecr put-lifecycle-policy ${repository} ${policy}`)
    expect(JSON.parse(await shell.type(get))).toMatchObject({ lifecyclePolicyText })
    const deleted = JSON.parse(await shell.type(`aws ecr delete-lifecycle-policy ${repository}`))
    expect(deleted).toMatchObject({ repositoryName, lifecyclePolicyText })
    expect((await shell.try(get)).exitCode).not.toBe(0)
  })
})

/** Waits until the policy of a repository has been evaluated. */
async function evaluated(repositoryName: string): Promise<void> {
  for (;;) {
    const { lastEvaluatedAt } = await ecr.send(new GetLifecyclePolicyCommand({ repositoryName }))
    if (lastEvaluatedAt !== undefined && lastEvaluatedAt.getTime() > 0) return
    await wait(50)
  }
}
