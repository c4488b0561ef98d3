import {
  CreateRepositoryCreationTemplateCommand,
  DeleteRepositoryCreationTemplateCommand,
  DescribeRepositoriesCommand,
  DescribeRepositoryCreationTemplatesCommand,
  UpdateRepositoryCreationTemplateCommand,
} from '@aws-sdk/client-ecr'
import { expect } from 'vitest'
import { type EvidenceByOperation, enforced } from '../evidence.ts'
import type { Desk } from '../evidence-desk.ts'

const prefix = 'team'

async function createTemplate({ ecr }: Desk): Promise<void> {
  const template = {
    prefix,
    appliedFor: ['CREATE_ON_PUSH' as const],
    imageTagMutability: 'IMMUTABLE' as const,
  }
  await ecr.send(new CreateRepositoryCreationTemplateCommand(template))
}

/** Pushes to a repository that isn't there; resolves to the mutability with which it is made. */
async function madeByPush({ ecr, push }: Desk, name: string): Promise<string | undefined> {
  await push(name, 'v1')
  const { repositories } = await ecr.send(new DescribeRepositoriesCommand({ repositoryNames: [name] }))
  return repositories?.[0]?.imageTagMutability
}

export const templateEvidence: EvidenceByOperation = {
  CreateRepositoryCreationTemplate: enforced('a push makes the repository as it says', async (desk) => {
    await expect(desk.push('team/new', 'v1')).rejects.toMatchObject({ status: 404 })
    await createTemplate(desk)
    expect(await madeByPush(desk, 'team/new')).toBe('IMMUTABLE')
  }),
  DescribeRepositoryCreationTemplates: enforced('it tells how a push makes repositories', async (desk) => {
    await createTemplate(desk)
    const told = await desk.ecr.send(new DescribeRepositoryCreationTemplatesCommand({}))
    expect(told.repositoryCreationTemplates).toMatchObject([{ prefix, imageTagMutability: 'IMMUTABLE' }])
    expect(await madeByPush(desk, 'team/new')).toBe('IMMUTABLE')
  }),
  UpdateRepositoryCreationTemplate: enforced('a push makes the next one as it says', async (desk) => {
    await createTemplate(desk)
    expect(await madeByPush(desk, 'team/one')).toBe('IMMUTABLE')
    const update = { prefix, imageTagMutability: 'MUTABLE' as const }
    await desk.ecr.send(new UpdateRepositoryCreationTemplateCommand(update))
    expect(await madeByPush(desk, 'team/two')).toBe('MUTABLE')
  }),
  DeleteRepositoryCreationTemplate: enforced('a push makes no repository any more', async (desk) => {
    await createTemplate(desk)
    await desk.ecr.send(new DeleteRepositoryCreationTemplateCommand({ prefix }))
    await expect(desk.push('team/new', 'v1')).rejects.toMatchObject({ status: 404 })
  }),
}
