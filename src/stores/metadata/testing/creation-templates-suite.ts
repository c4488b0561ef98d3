import { beforeEach, describe, expect, test } from 'vitest'
import type { CreationTemplate } from '../../../core/repositories/creation-template.ts'
import type { MetadataStore } from '../metadata-store.ts'
import { allPages, keyOf, noon, type OpenMetadata, openForAll, secondsAfterNoon } from './metadata-world.ts'

const registry = keyOf('team/app')

function template(prefix: string, settings: Partial<CreationTemplate> = {}): CreationTemplate {
  return {
    prefix,
    appliedFor: ['CREATE_ON_PUSH'],
    tagMutability: { mode: 'MUTABLE', exclusions: [] },
    encryption: { type: 'AES256' },
    resourceTags: new Map(),
    createdAt: noon,
    updatedAt: noon,
    ...settings,
  }
}

/** Templates for repositories that Berth makes by itself. */
export function describeCreationTemplates(open: OpenMetadata): void {
  let store: MetadataStore
  openForAll(open, (opened) => {
    store = opened.store
  })
  beforeEach(() => store.write((tx) => tx.creationTemplates.deleteAll()))

  const add = (each: CreationTemplate, where = registry) =>
    store.write((tx) => tx.creationTemplates.add(where, each))
  const prefixes = (templates: readonly CreationTemplate[]) => templates.map(({ prefix }) => prefix)

  describe('a creation template', () => {
    test('comes back as it was put, in its own registry alone', async () => {
      const full = template('team/', {
        description: 'of a team',
        appliedFor: ['REPLICATION', 'PULL_THROUGH_CACHE'],
        tagMutability: { mode: 'IMMUTABLE_WITH_EXCLUSION', exclusions: ['dev-*', 'v*'] },
        resourceTags: new Map([
          ['team', 'a'],
          ['empty', ''],
        ]),
        repositoryPolicy: '{"Version":"2012-10-17"}',
        lifecyclePolicy: '{"rules":[]}',
        customRoleArn: 'arn:aws:iam::111122223333:role/maker',
      })
      expect(await add(full)).toBe(true)
      expect(await store.creationTemplates.find(registry, 'team')).toEqual(full)
      for (const other of [keyOf('xx', '111122223333'), keyOf('xx', undefined, 'eu-west-1')]) {
        expect(await store.creationTemplates.find(other, 'team')).toBeUndefined()
        expect(await store.creationTemplates.count(other)).toBe(0)
      }
    })

    test('has its prefix for itself, with or without a slash at the end', async () => {
      await add(template('team'))
      expect(await add(template('team/', { description: 'another' }))).toBe(false)
      expect(await store.creationTemplates.count(registry)).toBe(1)
      expect((await store.creationTemplates.find(registry, 'team/'))?.description).toBeUndefined()
    })

    test('is found by the names it is for, the longest prefix first', async () => {
      for (const prefix of ['ROOT', 'team', 'team/web', 'tea', 'team/we', 'other'])
        await add(template(prefix))
      const matching = async (name: string) => prefixes(await store.creationTemplates.matching(keyOf(name)))
      expect(await matching('team/web/app')).toEqual(['team/web', 'team', 'ROOT'])
      expect(await matching('team/app')).toEqual(['team', 'ROOT'])
      expect(await matching('team')).toEqual(['ROOT'])
    })

    test('is replaced but for its prefix and its time of creation', async () => {
      await add(template('team/'))
      const changed = template('team', {
        description: 'changed',
        createdAt: secondsAfterNoon(5),
        updatedAt: secondsAfterNoon(5),
      })
      expect(await store.write((tx) => tx.creationTemplates.replace(registry, changed))).toBe(true)
      expect(await store.creationTemplates.find(registry, 'team')).toEqual({
        ...changed,
        prefix: 'team/',
        createdAt: noon,
      })
      expect(await store.write((tx) => tx.creationTemplates.replace(registry, template('none')))).toBe(false)
    })

    test('is gone when it was deleted', async () => {
      await add(template('team'))
      await add(template('team/web'))
      await store.write(async (tx) => {
        expect((await tx.creationTemplates.lock(registry, 'team'))?.prefix).toBe('team')
        await tx.creationTemplates.delete(registry, 'team/')
      })
      expect(prefixes(await store.creationTemplates.list(registry, { limit: 9 }))).toEqual(['team/web'])
    })

    test('is listed by prefix in pages, ROOT first', async () => {
      for (const prefix of ['b', 'ROOT', 'a/b', 'a']) await add(template(prefix))
      const options = { limit: 2, cursorOf: ({ prefix }: CreationTemplate) => prefix }
      const all = await allPages((page) => store.creationTemplates.list(registry, page), options)
      expect(prefixes(all)).toEqual(['ROOT', 'a', 'a/b', 'b'])
    })
  })
}
