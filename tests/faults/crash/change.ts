import {
  BatchDeleteImageCommand,
  CreateRepositoryCommand,
  DeleteRepositoryCommand,
} from '@aws-sdk/client-ecr'
import { finishUpload, pushBlob, pushManifest, startUpload, withDigest } from '../../support/push-image.ts'
import { pushThroughApi } from '../../support/push-through-api.ts'
import { locationOf, type RegistryAccess, send, sendExpecting } from '../../support/registry-client.ts'
import type { SeededRandom } from '../../support/seeded-random.ts'
import { blob, blobsOf, imageOf, type TestBlob, type TestImage } from '../../support/test-image.ts'
import type { Doors } from '../planned-push.ts'
import {
  type Holdings,
  nothing,
  type RepositoryState,
  tagged,
  untagged,
  without,
} from './repository-state.ts'

/** Something that one client does to its repository: acknowledged, it leads to `after`. */
export interface Change {
  readonly name: string
  readonly after: RepositoryState
  perform(doors: Doors): Promise<unknown>
}

/** More images than this are not kept: all of them are pulled after each crash. */
const imagesAtMost = 6
const tags = ['v1', 'v2', 'v3', 'v4', 'latest'] as const
/** Layers that images of all repositories share, as builds on one base image do. */
const sharedLayers = ['one', 'two', 'three', 'four'].map((text) => blob(Buffer.from(text.repeat(5_000))))

/** What the client does next to a repository in this state. */
export function nextChange(random: SeededRandom, repository: string, state: RepositoryState): Change {
  if (state === undefined) return createRepository(repository)
  const image = pickOf(random, [...state.images.values()])
  const tag = pickOf(random, [...state.tags.keys()])
  const kinds = [
    ...(state.images.size < imagesAtMost ? (['push', 'push', 'push', 'push'] as const) : []),
    ...(image ? (['move', 'delete'] as const) : []),
    ...(tag ? (['untag'] as const) : []),
    'abandon',
    ...(random.below(6) === 0 ? (['delete repository'] as const) : []),
  ] as const
  const kind = pickOf(random, kinds)
  if (kind === 'move' && image) return moveTag(repository, state, image, random.pick(tags))
  if (kind === 'delete' && image) return deleteImage(random, repository, state, image)
  if (kind === 'untag' && tag) return deleteTag(repository, state, tag)
  if (kind === 'delete repository') return deleteRepository(repository)
  if (kind === 'abandon') return abandonUpload(random, repository, state)
  return push(random, repository, state)
}

export function createRepository(repositoryName: string): Change {
  const perform = ({ ecr }: Doors) => ecr.send(new CreateRepositoryCommand({ repositoryName }))
  return { name: 'create repository', after: nothing, perform }
}

function push(random: SeededRandom, repository: string, state: Holdings): Change {
  const own = blob(random.bytes(1 + random.below(random.pick([100, 5_000, 5_000, 200_000]))))
  const layers = [pickOf(random, sharedLayers) ?? own, own]
  const image = imageOf({ os: 'linux', nonce: random.bytes(8).toString('hex') }, layers)
  const tag = random.pick(tags)
  const door = random.pick(['chunked', 'monolithic', 'in one request', 'api'] as const)
  const perform = async ({ registry, ecr }: Doors) => {
    if (door === 'api') return pushThroughApi(ecr, repository, tag, image)
    for (const each of blobsOf(image)) await pushBlobs[door](registry, repository, each)
    return pushManifest(registry, repository, tag, image)
  }
  return { name: `push (${door})`, after: tagged(state, image, tag), perform }
}

const pushBlobs = {
  monolithic: pushBlob,

  async chunked(access: RegistryAccess, repository: string, { digest, content }: TestBlob) {
    let location = await startUpload(access, repository)
    const half = Math.ceil(content.length / 2)
    for (const part of [content.subarray(0, half), content.subarray(half)]) {
      if (part.length === 0) continue
      const sent = { body: new Uint8Array(part) }
      location = locationOf(await sendExpecting(202, access, 'PATCH', location, sent))
    }
    await finishUpload(access, location, { digest, content })
  },

  async 'in one request'(access: RegistryAccess, repository: string, { digest, content }: TestBlob) {
    const target = withDigest(`/v2/${repository}/blobs/uploads/`, digest)
    const headers = { 'content-type': 'application/octet-stream' }
    await sendExpecting(201, access, 'POST', target, { headers, body: new Uint8Array(content) })
  },
}

function moveTag(repository: string, state: Holdings, image: TestImage, tag: string): Change {
  const perform = ({ registry }: Doors) => pushManifest(registry, repository, tag, image)
  return { name: 'move a tag', after: tagged(state, image, tag), perform }
}

function deleteImage(
  random: SeededRandom,
  repositoryName: string,
  state: Holdings,
  { digest }: TestImage,
): Change {
  const after = without(state, digest)
  const byApi = ({ ecr }: Doors) =>
    ecr.send(new BatchDeleteImageCommand({ repositoryName, imageIds: [{ imageDigest: digest }] }))
  const byOci = ({ registry }: Doors) =>
    sendExpecting(202, registry, 'DELETE', `/v2/${repositoryName}/manifests/${digest}`)
  return { name: 'delete an image', after, perform: random.below(2) === 0 ? byApi : byOci }
}

function deleteTag(repositoryName: string, state: Holdings, imageTag: string): Change {
  const perform = ({ ecr }: Doors) =>
    ecr.send(new BatchDeleteImageCommand({ repositoryName, imageIds: [{ imageTag }] }))
  return { name: 'delete a tag', after: untagged(state, imageTag), perform }
}

function deleteRepository(repositoryName: string): Change {
  const perform = ({ ecr }: Doors) => ecr.send(new DeleteRepositoryCommand({ repositoryName, force: true }))
  return { name: 'delete a repository', after: undefined, perform }
}

function abandonUpload(random: SeededRandom, repository: string, state: Holdings): Change {
  const body = new Uint8Array(random.bytes(1_000))
  const perform = async ({ registry }: Doors) =>
    send(registry, 'PATCH', await startUpload(registry, repository), { body })
  return { name: 'abandon an upload', after: state, perform }
}

function pickOf<Item>(random: SeededRandom, items: readonly Item[]): Item | undefined {
  return items[random.below(items.length)]
}
