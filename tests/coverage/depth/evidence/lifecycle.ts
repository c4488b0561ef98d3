import {
  DeleteLifecyclePolicyCommand,
  GetLifecyclePolicyCommand,
  GetLifecyclePolicyPreviewCommand,
  ListImagesCommand,
  PutLifecyclePolicyCommand,
  StartLifecyclePolicyPreviewCommand,
  waitUntilLifecyclePolicyPreviewComplete,
} from '@aws-sdk/client-ecr'
import { expect } from 'vitest'
import { policyText } from '../../../../src/core/lifecycle/testing/lifecycle-world.ts'
import { type EvidenceByOperation, enforced, real } from '../evidence.ts'
import type { Desk } from '../evidence-desk.ts'

const repositoryName = 'team/app'
const lifecyclePolicyText = policyText({
  selection: { tagStatus: 'any', countType: 'imageCountMoreThan', countNumber: 1 },
})

/** Pushes three images; the policy keeps the last of them. */
async function pushThree({ create, push }: Desk): Promise<string[]> {
  await create(repositoryName)
  const digests: string[] = []
  for (const tag of ['v1', 'v2', 'v3']) digests.push((await push(repositoryName, tag)).digest)
  return digests
}

function put({ ecr }: Desk) {
  return ecr.send(new PutLifecyclePolicyCommand({ repositoryName, lifecyclePolicyText }))
}

async function digestsOf({ ecr }: Desk): Promise<(string | undefined)[]> {
  const { imageIds = [] } = await ecr.send(new ListImagesCommand({ repositoryName }))
  return imageIds.map(({ imageDigest }) => imageDigest)
}

async function expectLeft(desk: Desk, ...digests: readonly (string | undefined)[]): Promise<void> {
  await expect.poll(() => digestsOf(desk)).toEqual(digests)
}

async function preview({ ecr }: Desk) {
  await ecr.send(new StartLifecyclePolicyPreviewCommand({ repositoryName, lifecyclePolicyText }))
  const waiting = { client: ecr, maxWaitTime: 30, minDelay: 1, maxDelay: 1 }
  await waitUntilLifecyclePolicyPreviewComplete(waiting, { repositoryName })
  return ecr.send(new GetLifecyclePolicyPreviewCommand({ repositoryName }))
}

export const lifecycleEvidence: EvidenceByOperation = {
  PutLifecyclePolicy: real('images beyond its count go by themselves', async (desk) => {
    const [, , last] = await pushThree(desk)
    await put(desk)
    await expectLeft(desk, last)
  }),
  GetLifecyclePolicy: real('it tells when the policy was last run', async (desk) => {
    await pushThree(desk)
    await put(desk)
    const evaluated = async () => {
      const { lastEvaluatedAt } = await desk.ecr.send(new GetLifecyclePolicyCommand({ repositoryName }))
      return lastEvaluatedAt?.getTime() ?? 0
    }
    await expect.poll(evaluated).toBeGreaterThan(Date.now() - 60_000)
  }),
  DeleteLifecyclePolicy: enforced('what is pushed after it stays', async (desk) => {
    const [, , last] = await pushThree(desk)
    await put(desk)
    await expectLeft(desk, last)
    await desk.ecr.send(new DeleteLifecyclePolicyCommand({ repositoryName }))
    const { digest } = await desk.push(repositoryName, 'v4')
    await desk.runJobs('run-lifecycle')
    await expectLeft(desk, digest, last)
  }),
  StartLifecyclePolicyPreview: real('a job evaluates the policy, and nothing goes', async (desk) => {
    const digests = await pushThree(desk)
    expect((await preview(desk)).status).toBe('COMPLETE')
    expect(await digestsOf(desk)).toEqual(digests.toReversed())
  }),
  GetLifecyclePolicyPreview: real('it tells the images that then go', async (desk) => {
    const digests = await pushThree(desk)
    const { previewResults = [] } = await preview(desk)
    const told = previewResults.map(({ imageDigest }) => imageDigest)
    await put(desk)
    await expectLeft(desk, ...digests.filter((digest) => !told.includes(digest)))
    expect(told).toHaveLength(2)
  }),
}
