import {
  DeregisterPullTimeUpdateExclusionCommand,
  ListPullTimeUpdateExclusionsCommand,
  RegisterPullTimeUpdateExclusionCommand,
  SetRepositoryPolicyCommand,
} from '@aws-sdk/client-ecr'
import { expect } from 'vitest'
import { assumeNewRole } from '../../../support/assume-new-role.ts'
import type { RegistryAccess } from '../../../support/registry-client.ts'
import { basic } from '../../../support/registry-login.ts'
import { type EvidenceByOperation, enforced } from '../evidence.ts'
import { type Desk, pullFrom } from '../evidence-desk.ts'

const repositoryName = 'team/app'
const roleOf = ({ account }: Desk) => `arn:aws:iam::${account}:role/scanner`

/** Two images that everybody of the account may pull. */
async function prepare(desk: Desk): Promise<void> {
  await desk.create(repositoryName)
  for (const tag of ['v1', 'v2']) await desk.push(repositoryName, tag)
  const statement = { Effect: 'Allow', Principal: '*', Action: 'ecr:*' }
  const policyText = JSON.stringify({ Version: '2012-10-17', Statement: [statement] })
  await desk.ecr.send(new SetRepositoryPolicyCommand({ repositoryName, policyText }))
}

/** Has the role assumed, and logs its session in at docker's door. */
async function asRole({ berth, account }: Desk): Promise<RegistryAccess> {
  const session = await assumeNewRole(berth, account, 'scanner')
  return { url: berth.url, authorization: basic(await berth.password(session)) }
}

async function hasPullTime({ describe }: Desk, imageTag: string): Promise<boolean> {
  return (await describe(repositoryName, { imageTag })).lastRecordedPullTime !== undefined
}

/** Has a session of the role pull one image and then the root another; whether the first has a pull time once the second has. */
async function roleLeavesTrace(desk: Desk): Promise<boolean> {
  expect(await pullFrom(await asRole(desk), repositoryName, 'v1')).toMatch(/^sha256:/)
  await desk.pull(repositoryName, 'v2')
  await expect.poll(() => hasPullTime(desk, 'v2')).toBe(true)
  return hasPullTime(desk, 'v1')
}

function register(desk: Desk) {
  return desk.ecr.send(new RegisterPullTimeUpdateExclusionCommand({ principalArn: roleOf(desk) }))
}

export const pullTimeEvidence: EvidenceByOperation = {
  RegisterPullTimeUpdateExclusion: enforced('pulls of the role leave no time', async (desk) => {
    await prepare(desk)
    await register(desk)
    expect(await roleLeavesTrace(desk)).toBe(false)
  }),
  DeregisterPullTimeUpdateExclusion: enforced('pulls of the role leave their time again', async (desk) => {
    await prepare(desk)
    await register(desk)
    const principalArn = roleOf(desk)
    await desk.ecr.send(new DeregisterPullTimeUpdateExclusionCommand({ principalArn }))
    expect(await roleLeavesTrace(desk)).toBe(true)
  }),
  ListPullTimeUpdateExclusions: enforced('it tells whose pulls leave no time', async (desk) => {
    await prepare(desk)
    await register(desk)
    const { pullTimeUpdateExclusions } = await desk.ecr.send(new ListPullTimeUpdateExclusionsCommand({}))
    expect(pullTimeUpdateExclusions).toEqual([roleOf(desk)])
    expect(await roleLeavesTrace(desk)).toBe(false)
  }),
}
