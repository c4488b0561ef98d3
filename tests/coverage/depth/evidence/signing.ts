import {
  DeleteSigningConfigurationCommand,
  DescribeImageSigningStatusCommand,
  GetSigningConfigurationCommand,
  ListImageReferrersCommand,
  PutSigningConfigurationCommand,
} from '@aws-sdk/client-ecr'
import { expect } from 'vitest'
import { type EvidenceByOperation, enforced, real } from '../evidence.ts'
import type { Desk } from '../evidence-desk.ts'

const repositoryName = 'team/app'

/** Has a key made, and everything that is pushed signed with it. */
async function signAll({ ecr, account, create, callBerth }: Desk) {
  await create(repositoryName)
  await callBerth('CreateSigningKey', { profileName: 'release' })
  const signingProfileArn = `arn:aws:signer:us-east-1:${account}:/signing-profiles/release`
  const signingConfiguration = { rules: [{ signingProfileArn }] }
  await ecr.send(new PutSigningConfigurationCommand({ signingConfiguration }))
  return signingConfiguration
}

async function statuses({ ecr }: Desk, imageTag: string): Promise<(string | undefined)[]> {
  const asked = new DescribeImageSigningStatusCommand({ repositoryName, imageId: { imageTag } })
  return ((await ecr.send(asked)).signingStatuses ?? []).map(({ status }) => status)
}

async function signatures({ ecr }: Desk, imageDigest: string): Promise<(string | undefined)[]> {
  const asked = new ListImageReferrersCommand({ repositoryName, subjectId: { imageDigest } })
  return ((await ecr.send(asked)).referrers ?? []).map(({ artifactType }) => artifactType)
}

async function expectSigned(desk: Desk, tag: string): Promise<void> {
  const { digest } = await desk.push(repositoryName, tag)
  await expect.poll(() => signatures(desk, digest)).toEqual(['application/vnd.cncf.notary.signature'])
}

export const signingEvidence: EvidenceByOperation = {
  PutSigningConfiguration: real('what is pushed gets a signature', async (desk) => {
    await signAll(desk)
    await expectSigned(desk, 'v1')
  }),
  GetSigningConfiguration: enforced('it tells the rules by which a push is signed', async (desk) => {
    const put = await signAll(desk)
    const { signingConfiguration } = await desk.ecr.send(new GetSigningConfigurationCommand({}))
    expect(signingConfiguration).toEqual(put)
    await expectSigned(desk, 'v1')
  }),
  DeleteSigningConfiguration: enforced('what is pushed after it is not to be signed', async (desk) => {
    await signAll(desk)
    await expectSigned(desk, 'v1')
    await desk.ecr.send(new DeleteSigningConfigurationCommand({}))
    const { digest } = await desk.push(repositoryName, 'v2')
    expect([await statuses(desk, 'v2'), await signatures(desk, digest)]).toEqual([[], []])
  }),
  DescribeImageSigningStatus: real('it is COMPLETE once the signature is there', async (desk) => {
    await signAll(desk)
    const { digest } = await desk.push(repositoryName, 'v1')
    await expect.poll(() => statuses(desk, 'v1')).toEqual(['COMPLETE'])
    expect(await signatures(desk, digest)).toHaveLength(1)
  }),
}
