import {
  BatchCheckLayerAvailabilityCommand,
  BatchDeleteImageCommand,
  CreateRepositoryCommand,
  DeleteRepositoryCommand,
  PutImageCommand,
} from '@aws-sdk/client-ecr'
import fc from 'fast-check'
import { expect } from 'vitest'
import { withDigest } from '../support/push-image.ts'
import { uploadLayer } from '../support/push-through-api.ts'
import { expectContents, pullWhole } from './contents.ts'
import type { Doors } from './doors.ts'
import {
  blobTexts,
  day,
  digestOf,
  hour,
  type Manifest,
  type Model,
  manifests,
  repositoryNames,
  tagNames,
} from './model.ts'

/** One thing that can happen. */
export type Step = fc.AsyncCommand<Model, Doors>
type Repository = NonNullable<ReturnType<Model['repositories']['get']>>

const anyRepository = fc.constantFrom(...repositoryNames)
const anyText = fc.constantFrom(...blobTexts)
const anyManifest = fc.constantFrom(...manifests)
const anyTag = fc.constantFrom(...tagNames)
const anyDoor = fc.constantFrom('v2' as const, 'api' as const)

/** A step in a repository that is there. */
function within(
  name: string,
  words: string,
  run: (model: Model, doors: Doors, repository: Repository) => Promise<void>,
): Step {
  return {
    check: ({ repositories }) => repositories.has(name),
    async run(model, doors) {
      const repository = model.repositories.get(name)
      if (repository) await run(model, doors, repository)
    },
    toString: () => `${words} (${name})`,
  }
}

const blobPath = (name: string, text: string) => `/v2/${name}/blobs/${digestOf(text)}`
const manifestPath = (name: string, reference: string) => `/v2/${name}/manifests/${reference}`
const located = ({ headers }: { readonly headers: Readonly<Record<string, string | number>> }) =>
  String(headers.location)
const uploadIdOf = (location: string) => location.split('/').at(-1) ?? ''

function pushBlob(name: string, text: string, door: 'v2' | 'api'): Step {
  return within(name, `push blob '${text}' by ${door}`, async (model, doors, repository) => {
    if (door === 'v2') {
      const path = `/v2/${name}/blobs/uploads/?digest=${digestOf(text)}`
      expect((await doors.v2('POST', path, text)).status).toBe(201)
    } else {
      await uploadLayer(doors.ecr(), name, { digest: digestOf(text), content: Buffer.from(text) })
    }
    model.link(repository, text)
  })
}

function beginUpload(name: string, text: string): Step {
  return within(name, `begin an upload of '${text}'`, async (model, doors, repository) => {
    const { status, headers } = await doors.v2('POST', `/v2/${name}/blobs/uploads/`)
    expect(status).toBe(202)
    await beginAt(model, doors, repository, { location: located({ headers }), text })
  })
}

async function beginAt(
  model: Model,
  doors: Doors,
  repository: Repository,
  { location, text }: { readonly location: string; readonly text: string },
): Promise<void> {
  const written = 3
  expect((await doors.v2('PATCH', location, text.slice(0, written))).status).toBe(202)
  const { now } = model
  model.uploads.set(uploadIdOf(location), { repository, startedAt: now, writtenAt: now, text, written })
}

/** Goes on with the oldest upload of the repository: its rest comes now, or with the end. */
function goOn(name: string, how: 'append' | 'finish' | 'cancel'): Step {
  return within(name, `${how} an upload`, async (model, doors, repository) => {
    const [id, upload] = [...model.uploads].find(([, { repository: of }]) => of === repository) ?? []
    if (id === undefined || upload === undefined) return
    const path = `/v2/${name}/blobs/uploads/${id}`
    const rest = upload.text.slice(upload.written)
    if (how === 'append') {
      expect((await doors.v2('PATCH', path, rest)).status).toBe(202)
      model.uploads.set(id, { ...upload, written: upload.text.length, writtenAt: model.now })
      return
    }
    if (how === 'cancel') expect((await doors.v2('DELETE', path)).status).toBe(204)
    else expect((await doors.v2('PUT', withDigest(path, digestOf(upload.text)), rest)).status).toBe(201)
    model.uploads.delete(id)
    if (how === 'finish') model.link(repository, upload.text)
  })
}

function mount(name: string, from: string, text: string): Step {
  return within(name, `mount '${text}' from ${from}`, async (model, doors, repository) => {
    const path = `/v2/${name}/blobs/uploads/?mount=${digestOf(text)}&from=${from}`
    const answer = await doors.v2('POST', path)
    const there = model.repositories.get(from)?.links.has(text) === true
    expect(answer.status).toBe(there ? 201 : 202)
    if (there) return model.link(repository, text)
    await beginAt(model, doors, repository, { location: located(answer), text })
  })
}

function lookForBlob(name: string, text: string, door: 'v2' | 'api'): Step {
  return within(name, `look for '${text}' by ${door}`, async (model, doors, repository) => {
    const there = repository.links.has(text)
    if (door === 'v2') {
      expect((await doors.v2('HEAD', blobPath(name, text))).status).toBe(there ? 200 : 404)
    } else {
      const asked = { repositoryName: name, layerDigests: [digestOf(text)] }
      const { layers } = await doors.ecr().send(new BatchCheckLayerAvailabilityCommand(asked))
      expect(layers?.[0]?.layerAvailability).toBe(there ? 'AVAILABLE' : 'UNAVAILABLE')
    }
    model.rely(repository, text)
  })
}

function pushManifest(name: string, manifest: Manifest, tag: string, door: 'v2' | 'api'): Step {
  return within(name, `push '${manifest.name}' as ${tag} by ${door}`, async (model, doors, repository) => {
    const taken = await putManifest(doors, { name, manifest, tag, door })
    expect(taken).toBe(repository.images.has(manifest.name) || model.canTake(repository, manifest))
    if (!taken) return
    repository.images.add(manifest.name)
    repository.tags.set(tag, manifest.name)
  })
}

/** As a client does: what is missing, then the manifest. */
function pushWhole(name: string, manifest: Manifest, tag: string, door: 'v2' | 'api'): Step {
  return within(
    name,
    `push all of '${manifest.name}' as ${tag} by ${door}`,
    async (model, doors, repository) => {
      for (const text of manifest.blobs) {
        await lookForBlob(name, text, door).run(model, doors)
        if (!repository.links.has(text)) await pushBlob(name, text, door).run(model, doors)
      }
      await pushManifest(name, manifest, tag, door).run(model, doors)
    },
  )
}

async function putManifest(
  doors: Doors,
  put: {
    readonly name: string
    readonly manifest: Manifest
    readonly tag: string
    readonly door: 'v2' | 'api'
  },
): Promise<boolean> {
  const { name, manifest, tag, door } = put
  if (door === 'v2') {
    const headers = { 'content-type': manifest.type }
    const { status } = await doors.v2('PUT', manifestPath(name, tag), manifest.text, headers)
    return status === 201
  }
  const asked = { repositoryName: name, imageManifest: manifest.text, imageTag: tag }
  try {
    await doors.ecr().send(new PutImageCommand(asked))
    return true
  } catch (error) {
    const { name: kind } = error instanceof Error ? error : { name: String(error) }
    if (kind !== 'ImageAlreadyExistsException') {
      expect(['LayersNotFoundException', 'ReferencedImagesNotFoundException']).toContain(kind)
    }
    return kind === 'ImageAlreadyExistsException'
  }
}

function deleteImage(name: string, manifest: Manifest, door: 'v2' | 'api'): Step {
  return within(name, `delete '${manifest.name}' by ${door}`, async (model, doors, repository) => {
    const digest = digestOf(manifest.text)
    if (door === 'v2') await doors.v2('DELETE', manifestPath(name, digest))
    else {
      const asked = { repositoryName: name, imageIds: [{ imageDigest: digest }] }
      await doors.ecr().send(new BatchDeleteImageCommand(asked))
    }
    if (!repository.images.has(manifest.name) || model.isListed(repository, manifest.name)) return
    model.deleteImage(repository, manifest.name)
  })
}

/** By `/v2/` the image stays; by ECR's API it goes with its last tag. */
function deleteTag(name: string, tag: string, door: 'v2' | 'api'): Step {
  return within(name, `delete tag ${tag} by ${door}`, async (model, doors, repository) => {
    if (door === 'v2') await doors.v2('DELETE', manifestPath(name, tag))
    else {
      const asked = { repositoryName: name, imageIds: [{ imageTag: tag }] }
      await doors.ecr().send(new BatchDeleteImageCommand(asked))
    }
    const holder = repository.tags.get(tag)
    if (holder === undefined) return
    const isLast = [...repository.tags.values()].filter((other) => other === holder).length === 1
    if (door === 'v2' || !isLast) repository.tags.delete(tag)
    else if (!model.isListed(repository, holder)) model.deleteImage(repository, holder)
  })
}

function deleteBlob(name: string, text: string): Step {
  return within(name, `delete blob '${text}'`, async (model, doors, repository) => {
    const { status } = await doors.v2('DELETE', blobPath(name, text))
    const expected = model.isNeeded(repository, text) ? 405 : 202
    expect(status).toBe(repository.links.has(text) ? expected : 404)
    if (status === 202) model.unlink(repository, text)
  })
}

/** Makes a repository that isn't there. */
export function createRepository(name: string): Step {
  return {
    check: ({ repositories }) => !repositories.has(name),
    async run(model, doors) {
      await doors.ecr().send(new CreateRepositoryCommand({ repositoryName: name }))
      model.create(name)
    },
    toString: () => `create ${name}`,
  }
}

function deleteRepository(name: string): Step {
  return within(name, 'delete repository', async (model, doors) => {
    await doors.ecr().send(new DeleteRepositoryCommand({ repositoryName: name, force: true }))
    model.drop(name)
  })
}

function pull(name: string, manifest: Manifest): Step {
  return within(name, `pull '${manifest.name}'`, async (_model, doors, repository) => {
    expect(await pullWhole(doors, name, manifest)).toBe(repository.images.has(manifest.name))
  })
}

function pass(milliseconds: number): Step {
  return {
    check: () => true,
    async run(model) {
      model.now += milliseconds
    },
    toString: () => `${milliseconds / hour} hours pass`,
  }
}

function collect(): Step {
  return {
    check: () => true,
    async run(model, doors) {
      await doors.collect()
      model.collect()
      await expectContents(model, doors)
    },
    toString: () => 'collect garbage',
  }
}

/** Everything that can happen to a registry, the likely more often than the rare. */
export const anySteps: fc.Arbitrary<Iterable<Step>> = fc.commands(
  [
    fc.tuple(anyRepository, anyText, anyDoor).map((facts) => pushBlob(...facts)),
    fc.tuple(anyRepository, anyText, anyDoor).map((facts) => pushBlob(...facts)),
    fc.tuple(anyRepository, anyText).map((facts) => beginUpload(...facts)),
    fc.tuple(anyRepository, fc.constantFrom('append', 'finish', 'cancel')).map((facts) => goOn(...facts)),
    fc.tuple(anyRepository, anyRepository, anyText).map((facts) => mount(...facts)),
    fc.tuple(anyRepository, anyText, anyDoor).map((facts) => lookForBlob(...facts)),
    fc.tuple(anyRepository, anyManifest, anyTag, anyDoor).map((facts) => pushManifest(...facts)),
    fc.tuple(anyRepository, anyManifest, anyTag, anyDoor).map((facts) => pushWhole(...facts)),
    fc.tuple(anyRepository, anyManifest, anyTag, anyDoor).map((facts) => pushWhole(...facts)),
    fc.tuple(anyRepository, anyManifest, anyDoor).map((facts) => deleteImage(...facts)),
    fc.tuple(anyRepository, anyTag, anyDoor).map((facts) => deleteTag(...facts)),
    fc.tuple(anyRepository, anyText).map((facts) => deleteBlob(...facts)),
    anyRepository.map(createRepository),
    anyRepository.map(createRepository),
    anyRepository.map(deleteRepository),
    fc.tuple(anyRepository, anyManifest).map((facts) => pull(...facts)),
    fc.constantFrom(hour, 6 * hour + 1, 12 * hour, day + 1, 8 * day).map(pass),
    fc.constantFrom(hour, 6 * hour + 1, 12 * hour, day + 1).map(pass),
    fc.constant(null).map(collect),
    fc.constant(null).map(collect),
  ],
  { maxCommands: 100, size: 'max' },
)
