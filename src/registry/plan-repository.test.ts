import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { policyText } from '../core/lifecycle/testing/lifecycle-world.ts'
import type { TemplateSettings } from '../core/repositories/creation-template.ts'
import { createCreationTemplate } from './create-creation-template.ts'
import { findRepository } from './find-repository.ts'
import { makePlannedRepository } from './make-planned-repository.ts'
import { planRepository } from './plan-repository.ts'
import {
  immutable,
  keyOf,
  makeRepository,
  mutable,
  openTestRegistry,
  type TestRegistry,
} from './testing/test-registry.ts'

let world: TestRegistry
beforeEach(async () => {
  world = await openTestRegistry()
})
afterEach(() => world[Symbol.asyncDispose]())

const settings: TemplateSettings = {
  appliedFor: ['CREATE_ON_PUSH'],
  tagMutability: mutable,
  encryption: { type: 'AES256' },
  resourceTags: new Map(),
}

function addTemplate(prefix: string, changes: Partial<TemplateSettings> = {}) {
  return createCreationTemplate(world.registry, keyOf('xx'), { ...settings, ...changes, prefix })
}

const app = keyOf('team/web/app')

describe('a repository that is not there', () => {
  test('is not planned for a push without a template', async () => {
    await addTemplate('ROOT', { appliedFor: ['REPLICATION', 'PULL_THROUGH_CACHE'] })
    expect(await planRepository(world.registry, 'CREATE_ON_PUSH', app)).toBeUndefined()
  })

  test.each(['REPLICATION', 'PULL_THROUGH_CACHE'] as const)('has the defaults for %s', async (purpose) => {
    await addTemplate('ROOT')
    const plan = await planRepository(world.registry, purpose, app)
    expect(plan).toMatchObject({ key: app, template: undefined, tagMutability: mutable })
  })

  test('is planned by the longest prefix that is for the purpose', async () => {
    await addTemplate('ROOT', { appliedFor: ['REPLICATION', 'CREATE_ON_PUSH'] })
    await addTemplate('team')
    await addTemplate('team/web', { appliedFor: ['PULL_THROUGH_CACHE'] })
    const templateFor = async (purpose: Parameters<typeof planRepository>[1]) =>
      (await planRepository(world.registry, purpose, app))?.template
    expect(await templateFor('PULL_THROUGH_CACHE')).toBe('team/web')
    expect(await templateFor('CREATE_ON_PUSH')).toBe('team')
    expect(await templateFor('REPLICATION')).toBe('ROOT')
  })

  test('is not planned by the template of another registry', async () => {
    await addTemplate('ROOT')
    const elsewhere = keyOf(app.name, '111122223333')
    expect(await planRepository(world.registry, 'CREATE_ON_PUSH', elsewhere)).toBeUndefined()
  })

  test('is made with all that its template says', async () => {
    const lifecyclePolicy = policyText({
      selection: { tagStatus: 'any', countType: 'imageCountMoreThan', countNumber: 9 },
    })
    const resourceTags = new Map([['team', 'web']])
    await addTemplate('team', { tagMutability: immutable, resourceTags, lifecyclePolicy })
    const plan = await planRepository(world.registry, 'CREATE_ON_PUSH', app)
    if (plan === undefined) throw new Error('No plan')
    await makePlannedRepository(world.registry, plan)
    const { id, tagMutability } = await findRepository(world.registry, app)
    const { metadata } = world.registry
    expect(tagMutability).toEqual(immutable)
    expect(await metadata.resourceTags.of(id)).toEqual(resourceTags)
    expect((await metadata.lifecycle.policy(id))?.text).toBe(lifecyclePolicy)
    expect(await planRepository(world.registry, 'CREATE_ON_PUSH', app)).toBeUndefined()
  })

  test('and is made by someone else meanwhile stays as they made it', async () => {
    await addTemplate('team', { tagMutability: immutable, resourceTags: new Map([['a', 'b']]) })
    const plan = await planRepository(world.registry, 'CREATE_ON_PUSH', app)
    if (plan === undefined) throw new Error('No plan')
    const { id } = await makeRepository(world.registry, app)
    await makePlannedRepository(world.registry, plan)
    expect(await findRepository(world.registry, app)).toMatchObject({ id, tagMutability: mutable })
    expect(await world.registry.metadata.resourceTags.of(id)).toEqual(new Map())
  })
})
