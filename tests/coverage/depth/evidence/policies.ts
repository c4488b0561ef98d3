import {
  DeleteRegistryPolicyCommand,
  DeleteRepositoryPolicyCommand,
  DescribeImagesCommand,
  GetRegistryPolicyCommand,
  GetRepositoryPolicyCommand,
  PutRegistryPolicyCommand,
  SetRepositoryPolicyCommand,
} from '@aws-sdk/client-ecr'
import { expect } from 'vitest'
import { type EvidenceByOperation, enforced } from '../evidence.ts'
import type { Desk } from '../evidence-desk.ts'

const repositoryName = 'team/app'

/** What lets the strangers' account look at images. */
function policyFor({ strangersAccount }: Desk, more: object = {}): string {
  const principal = { AWS: strangersAccount }
  const statement = { Effect: 'Allow', Principal: principal, Action: 'ecr:DescribeImages', ...more }
  return JSON.stringify({ Version: '2012-10-17', Statement: [statement] })
}

async function expectStranger(desk: Desk, may: 'may look' | 'may not look'): Promise<void> {
  const looked = desk.stranger.send(new DescribeImagesCommand({ registryId: desk.account, repositoryName }))
  if (may === 'may look') await looked
  else await expect(looked).rejects.toMatchObject({ name: 'AccessDeniedException' })
}

async function setRepositoryPolicy(desk: Desk): Promise<void> {
  await desk.create(repositoryName)
  await expectStranger(desk, 'may not look')
  await desk.ecr.send(new SetRepositoryPolicyCommand({ repositoryName, policyText: policyFor(desk) }))
  await expectStranger(desk, 'may look')
}

async function putRegistryPolicy(desk: Desk): Promise<void> {
  await desk.create(repositoryName)
  await expectStranger(desk, 'may not look')
  await desk.ecr.send(new PutRegistryPolicyCommand({ policyText: policyFor(desk, { Resource: '*' }) }))
  await expectStranger(desk, 'may look')
}

/** Whom a policy names, as ECR prints it. */
function expectNames({ strangersAccount }: Desk, policyText = '{}'): void {
  const [statement] = JSON.parse(policyText).Statement
  expect(statement.Principal).toEqual({ AWS: `arn:aws:iam::${strangersAccount}:root` })
}

const letIn = 'it lets another account in'
const told = 'it tells the policy that lets another account in'
const shutOut = 'it shuts the other account out again'

export const policyEvidence: EvidenceByOperation = {
  SetRepositoryPolicy: enforced(letIn, setRepositoryPolicy),
  GetRepositoryPolicy: enforced(told, async (desk) => {
    await setRepositoryPolicy(desk)
    expectNames(desk, (await desk.ecr.send(new GetRepositoryPolicyCommand({ repositoryName }))).policyText)
  }),
  DeleteRepositoryPolicy: enforced(shutOut, async (desk) => {
    await setRepositoryPolicy(desk)
    await desk.ecr.send(new DeleteRepositoryPolicyCommand({ repositoryName }))
    await expectStranger(desk, 'may not look')
  }),
  PutRegistryPolicy: enforced(letIn, putRegistryPolicy),
  GetRegistryPolicy: enforced(told, async (desk) => {
    await putRegistryPolicy(desk)
    expectNames(desk, (await desk.ecr.send(new GetRegistryPolicyCommand({}))).policyText)
  }),
  DeleteRegistryPolicy: enforced(shutOut, async (desk) => {
    await putRegistryPolicy(desk)
    await desk.ecr.send(new DeleteRegistryPolicyCommand({}))
    await expectStranger(desk, 'may not look')
  }),
}
