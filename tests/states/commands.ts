import {
  BatchDeleteImageCommand,
  CreateRepositoryCommand,
  DeleteLifecyclePolicyCommand,
  DeleteRepositoryCommand,
  PutImageCommand,
  PutImageTagMutabilityCommand,
  PutLifecyclePolicyCommand,
  PutReplicationConfigurationCommand,
  UpdateImageStorageClassCommand,
} from '@aws-sdk/client-ecr'
import fc from 'fast-check'
import { expect } from 'vitest'
import { policyText } from '../../src/core/lifecycle/testing/lifecycle-world.ts'
import type { Doors } from '../garbage/doors.ts'
import { digestOf, hour, manifests as images, tagNames } from '../garbage/model.ts'
import { uploadLayer } from '../support/push-through-api.ts'
import { abroad, expectStates } from './contents.ts'
import { describeModel } from './describe-model.ts'
import { runActivations, runLifecycles, runReferrerDeletions, runReplications } from './jobs.ts'
import { type Manifest, manifestNamed, manifests, signature } from './manifests.ts'
import {
  isActive,
  isListed,
  type RepositoryState,
  repositoryNames,
  type StateModel,
  tagsOf,
} from './state-model.ts'

/** One thing that can happen; all that must hold is looked at after it. */
export type Step = fc.AsyncCommand<StateModel, Doors>
type Door = 'v2' | 'api'

function step(words: string, check: Step['check'], run: Step['run']): Step {
  return {
    check,
    toString: () => words,
    async run(model, doors) {
      const before = describeModel(model)
      model.now += 1_000
      try {
        await run(model, doors)
        await expectStates(model, doors)
      } catch (cause) {
        throw new Error(difference(words, { before, after: describeModel(model) }), { cause })
      }
    },
  }
}

function difference(words: string, { before, after }: Readonly<Record<'before' | 'after', string>>): string {
  return `After '${words}' Berth isn't what the model is.\n\nThe model before:\n${before}\n\nand then:\n${after}`
}

interface Within {
  readonly model: StateModel
  readonly doors: Doors
  readonly repository: RepositoryState
}

/** A step in a repository that is there. */
function within(
  name: string,
  words: string,
  run: (within: Within) => Promise<void>,
  isPossible: (repository: RepositoryState) => boolean = () => true,
): Step {
  const find = ({ repositories }: Pick<StateModel, 'repositories'>) => repositories.get(name)
  return step(
    `${words} (${name})`,
    (model) => {
      const repository = find(model)
      return repository !== undefined && isPossible(repository)
    },
    async (model, doors) => {
      const repository = find(model)
      if (repository) await run({ model, doors, repository })
    },
  )
}

export function create(repositoryName: string): Step {
  return step(
    `create ${repositoryName}`,
    ({ repositories }) => !repositories.has(repositoryName),
    async (model, doors) => {
      await doors.ecr().send(new CreateRepositoryCommand({ repositoryName }))
      model.create(repositoryName)
    },
  )
}

function remove(repositoryName: string): Step {
  return within(repositoryName, 'delete the repository', async ({ model, doors }) => {
    await doors.ecr().send(new DeleteRepositoryCommand({ repositoryName, force: true }))
    model.repositories.delete(repositoryName)
  })
}

/** @param tag the digest alone where it is undefined */
export function push(name: string, manifest: Manifest, tag: string | undefined, door: Door): Step {
  const run = async ({ model, doors, repository }: Within) => {
    for (const text of manifest.blobs) await pushBlob(doors, name, text, door)
    const answer = await putManifest(doors, name, manifest, tag, door)
    const outcome = model.push(repository, manifest, tag, door)
    expect(answer).toBe(door === 'v2' && outcome === 'unchanged' ? 'changed' : outcome)
    if (outcome === 'changed') model.replicate(name, manifest, tag === undefined ? [] : [tag])
    await runReplications(doors.registry)
  }
  // What is archived itself comes back with what it lists.
  const isWhole = ({ images }: RepositoryState) =>
    images.get(manifest.name)?.archivedAt !== undefined ||
    manifest.children.every((child) => images.get(child)?.archivedAt === undefined)
  return within(name, `push '${manifest.name}' as ${tag ?? 'it is'} by ${door}`, run, isWhole)
}

async function pushBlob(doors: Doors, name: string, text: string, door: Door): Promise<void> {
  const digest = digestOf(text)
  if (door === 'api') return uploadLayer(doors.ecr(), name, { digest, content: Buffer.from(text) })
  const { status } = await doors.v2('POST', `/v2/${name}/blobs/uploads/?digest=${digest}`, text)
  expect(status).toBe(201)
}

async function putManifest(
  doors: Doors,
  repositoryName: string,
  { text, type }: Manifest,
  imageTag: string | undefined,
  door: Door,
) {
  if (door === 'v2') {
    const path = `/v2/${repositoryName}/manifests/${imageTag ?? digestOf(text)}`
    const { status } = await doors.v2('PUT', path, text, { 'content-type': type })
    expect([201, 400, 404]).toContain(status)
    return status === 201 ? 'changed' : 'refused'
  }
  const put = new PutImageCommand({ repositoryName, imageManifest: text, imageTag })
  return doors
    .ecr()
    .send(put)
    .then(
      () => 'changed',
      (error: Error) => {
        expect(error.name).toMatch(/^(Image|ImageTag|Referenced)[A-Za-z]*(AlreadyExists|NotFound)Exception$/)
        return error.name === 'ImageAlreadyExistsException' ? 'unchanged' : 'refused'
      },
    )
}

function deleteByDigest(name: string, manifest: Manifest, door: Door): Step {
  return within(name, `delete '${manifest.name}' by ${door}`, async ({ model, doors, repository }) => {
    const imageDigest = digestOf(manifest.text)
    if (door === 'v2') await doors.v2('DELETE', `/v2/${name}/manifests/${imageDigest}`)
    else await batchDelete(doors, name, { imageDigest })
    if (!isListed(repository, manifest.name)) model.delete(repository, manifest.name)
  })
}

/** By `/v2/` the image stays; by ECR's API it goes with its last tag. */
function deleteTag(name: string, tag: string, door: Door): Step {
  return within(name, `delete tag ${tag} by ${door}`, async ({ model, doors, repository }) => {
    if (door === 'v2') await doors.v2('DELETE', `/v2/${name}/manifests/${tag}`)
    else await batchDelete(doors, name, { imageTag: tag })
    const holder = repository.tags.get(tag)
    if (holder === undefined) return
    const isLast = tagsOf(repository, holder).length === 1
    if (door === 'v2' || !isLast) repository.tags.delete(tag)
    else if (!isListed(repository, holder)) model.delete(repository, holder)
  })
}

function batchDelete(doors: Doors, repositoryName: string, imageId: object) {
  return doors.ecr().send(new BatchDeleteImageCommand({ repositoryName, imageIds: [imageId] }))
}

function setMutability(repositoryName: string, imageTagMutability: 'MUTABLE' | 'IMMUTABLE'): Step {
  return within(repositoryName, `make tags ${imageTagMutability}`, async ({ doors, repository }) => {
    await doors.ecr().send(new PutImageTagMutabilityCommand({ repositoryName, imageTagMutability }))
    repository.isImmutable = imageTagMutability === 'IMMUTABLE'
  })
}

function putPolicy(repositoryName: string, countNumber: number): Step {
  return within(repositoryName, `keep ${countNumber} images`, async ({ model, doors, repository }) => {
    const selection = { tagStatus: 'any', countType: 'imageCountMoreThan', countNumber } as const
    const put = { repositoryName, lifecyclePolicyText: policyText({ selection }) }
    await doors.ecr().send(new PutLifecyclePolicyCommand(put))
    repository.keeps = countNumber
    await runLifecycles(doors.registry)
    for (const each of model.repositories.values()) model.expire(each)
  })
}

function deletePolicy(repositoryName: string): Step {
  const run = async ({ doors, repository }: Within) => {
    await doors.ecr().send(new DeleteLifecyclePolicyCommand({ repositoryName }))
    repository.keeps = undefined
  }
  return within(repositoryName, 'delete the policy', run, ({ keeps }) => keeps !== undefined)
}

function archive(repositoryName: string, which: number): Step {
  const run = async ({ model, doors, repository }: Within) => {
    const choice = archivable(repository)
    const manifest = choice[which % choice.length]
    if (manifest === undefined) return
    await changeStorage(doors, repositoryName, manifest.text, 'ARCHIVE')
    model.archive(repository, manifest.name)
  }
  const isPossible = (repository: RepositoryState) => archivable(repository).length > 0
  return within(repositoryName, `archive an image (${which})`, run, isPossible)
}

/** What an index lists goes to the archive after the index. */
function archivable(repository: RepositoryState): readonly Manifest[] {
  return manifests.filter(({ name }) => isActive(repository, name) && !isListed(repository, name, 'active'))
}

function restore(repositoryName: string, which: number): Step {
  const run = async ({ model, doors, repository }: Within) => {
    const choice = archivedIn(repository)
    const manifest = choice[which % choice.length]
    if (manifest === undefined) return
    await changeStorage(doors, repositoryName, manifest.text, 'STANDARD')
    await comeBack({ model, doors, repository }, repositoryName, manifest)
  }
  const isPossible = (repository: RepositoryState) => archivedIn(repository).length > 0
  return within(repositoryName, `restore what was archived (${which})`, run, isPossible)
}

function archivedIn({ images }: RepositoryState): readonly Manifest[] {
  return manifests.filter(({ name }) => images.get(name)?.archivedAt !== undefined)
}

async function changeStorage(
  doors: Doors,
  repositoryName: string,
  text: string,
  targetStorageClass: 'ARCHIVE' | 'STANDARD',
): Promise<void> {
  const imageId = { imageDigest: digestOf(text) }
  const change = { repositoryName, imageId, targetStorageClass }
  await doors.ecr().send(new UpdateImageStorageClassCommand(change))
}

async function comeBack({ model, doors, repository }: Within, repositoryName: string, manifest: Manifest) {
  const path = `/v2/${repositoryName}/manifests/${digestOf(manifest.text)}`
  expect((await doors.v2('GET', path)).status).toBe(404)
  await runActivations(doors.registry)
  await runReplications(doors.registry)
  for (const name of model.comeBack(repository, manifest.name)) {
    model.replicate(repositoryName, manifestNamed(name), tagsOf(repository, name))
  }
}

function expire(): Step {
  return step(
    'expire what policies say',
    () => true,
    async (model, { registry }) => {
      await runLifecycles(registry)
      for (const repository of model.repositories.values()) model.expire(repository)
    },
  )
}

function replicate(isOn: boolean): Step {
  return step(
    `replicate ${isOn ? 'from now on' : 'no more'}`,
    () => true,
    async (model, doors) => {
      const rules = isOn ? [{ destinations: [{ region: abroad, registryId: '000000000000' }] }] : []
      await doors.ecr().send(new PutReplicationConfigurationCommand({ replicationConfiguration: { rules } }))
      model.replicates = isOn
    },
  )
}

function pass(milliseconds: number): Step {
  return step(
    `${milliseconds / hour} hours pass`,
    () => true,
    async (model, { registry }) => {
      model.now += milliseconds
      await runReferrerDeletions(registry)
      for (const repository of model.repositories.values()) model.deleteOrphans(repository)
    },
  )
}

const anyName = fc.constantFrom(...repositoryNames)
const anyManifest = fc.constantFrom(...manifests)
const anyImage = fc.constantFrom(...images)
const anyTag = fc.constantFrom(...tagNames)
const anyDoor = fc.constantFrom('v2' as const, 'api' as const)
const anyPush = fc.tuple(anyName, anyImage, anyTag, anyDoor).map((facts) => push(...facts))
const signatureTag = fc.constantFrom(undefined, undefined, undefined, ...tagNames)
const anySigning = fc
  .tuple(anyName, fc.constant(signature), signatureTag, anyDoor)
  .map((facts) => push(...facts))
const anyArchiving = fc.tuple(anyName, fc.nat(4)).map((facts) => archive(...facts))
const anyRestoring = fc.tuple(anyName, fc.nat(4)).map((facts) => restore(...facts))
const anyMutability = fc.constantFrom('MUTABLE' as const, 'MUTABLE' as const, 'IMMUTABLE' as const)

function often(command: fc.Arbitrary<Step>, times: number): fc.Arbitrary<Step>[] {
  return Array.from({ length: times }, () => command)
}

/** Everything that can happen to the images of a registry, the likely more often than the rare. */
export const anySteps: fc.Arbitrary<Iterable<Step>> = fc.commands(
  [
    ...often(anyPush, 10),
    ...often(anySigning, 3),
    fc.tuple(anyName, anyManifest, anyDoor).map((facts) => deleteByDigest(...facts)),
    fc.tuple(anyName, anyTag, anyDoor).map((facts) => deleteTag(...facts)),
    fc.tuple(anyName, anyMutability).map((facts) => setMutability(...facts)),
    fc.tuple(anyName, fc.constantFrom(1, 2)).map((facts) => putPolicy(...facts)),
    anyName.map(deletePolicy),
    ...often(anyArchiving, 3),
    ...often(anyRestoring, 4),
    ...often(fc.constant(null).map(expire), 2),
    fc.boolean().map(replicate),
    anyName.map(create),
    fc.constant(repositoryNames[1]).map(remove),
    fc.constantFrom(hour, 25 * hour).map(pass),
  ],
  { maxCommands: 50, size: 'max' },
)
