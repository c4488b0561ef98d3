import { describe, expect, test } from 'vitest'
import { readReferrersJob, referrersJob, referrersOutlive } from '../core/images/referrers-job.ts'
import type { Digest } from '../core/names/digest.ts'
import type { MetadataStore } from '../stores/metadata/metadata-store.ts'
import { deleteImages } from './delete-images.ts'
import { deleteReferrers } from './delete-referrers.ts'
import type { Registry } from './registry.ts'
import { restoreImage } from './restore-image.ts'
import { interrupted } from './testing/faulty-stores.ts'
import { imageOf, imageType, indexOf, pushImage, pushManifest } from './testing/test-images.ts'
import { cause, keyOf, makeRepository, openTestRegistry } from './testing/test-registry.ts'

const key = keyOf('team/app')
const app = imageOf('app')
const never = new AbortController().signal

function about({ digest, content }: typeof app) {
  return { subject: { mediaType: imageType, digest, size: content.byteLength } }
}

const signature = imageOf('signature', about(app))

async function openWorld(metadata = (store: MetadataStore) => store) {
  const world = await openTestRegistry({ garbage: { grace: 30 * referrersOutlive }, metadata })
  await makeRepository(world.registry, key)
  await pushImage(world.registry, key, 'app', { tag: 'v1' })
  return world
}

function remove(registry: Registry, ...digests: readonly Digest[]) {
  const images = digests.map((digest) => ({ digest }))
  return deleteImages(registry, key, images, { lastTag: 'deletes-image', cause })
}

/** Does what the job that the deletion of an image has left does when it is due; false when there is none. */
async function runJobOf(registry: Registry, digest: Digest, at: Date): Promise<boolean> {
  const name = referrersJob({ repository: key, digest, at })
  const job = await registry.metadata.jobs.find(name)
  if (job === undefined || job.dueAt > registry.now()) return false
  await deleteReferrers(registry, readReferrersJob(name.key), never)
  return true
}

async function digestsIn(registry: Registry): Promise<Digest[]> {
  const id = (await registry.metadata.repositories.find(key))?.id ?? 0
  const images = await registry.metadata.images.list(id, { tagStatus: 'ANY', limit: 100 })
  return images.map(({ digest }) => digest).toSorted()
}

describe('what refers to a deleted image', () => {
  test('outlives it by a day, and what refers to that by another', async () => {
    await using world = await openWorld()
    const { registry } = world
    const ofSignature = imageOf('of signature', about(signature))
    await pushImage(registry, key, 'signature', { members: about(app) })
    await pushImage(registry, key, 'of signature', { members: about(signature) })
    const at = registry.now()
    await remove(registry, app.digest)
    world.pass(referrersOutlive - 1)
    expect(await runJobOf(registry, app.digest, at)).toBe(false)
    expect(await digestsIn(registry)).toEqual([signature.digest, ofSignature.digest].toSorted())
    world.pass(1)
    const later = registry.now()
    expect(await runJobOf(registry, app.digest, at)).toBe(true)
    expect(await digestsIn(registry)).toEqual([ofSignature.digest])
    world.pass(referrersOutlive)
    expect(await runJobOf(registry, signature.digest, later)).toBe(true)
    expect(await digestsIn(registry)).toEqual([])
  })

  test('stays when it has a tag, when an index lists it, and when it came after the deletion', async () => {
    await using world = await openWorld()
    const { registry } = world
    const listed = imageOf('listed', about(app))
    const fallback = indexOf([listed])
    const late = imageOf('late', about(app))
    await pushImage(registry, key, 'signature', { members: about(app), tag: 'signature' })
    await pushImage(registry, key, 'listed', { members: about(app) })
    await pushManifest(registry, key, fallback, app.digest.replace(':', '-'))
    const at = registry.now()
    await remove(registry, app.digest)
    world.pass(referrersOutlive)
    await pushImage(registry, key, 'late', { members: about(app) })
    expect(await runJobOf(registry, app.digest, at)).toBe(true)
    const all = [signature, listed, fallback, late].map(({ digest }) => digest)
    expect(await digestsIn(registry)).toEqual(all.toSorted())
  })

  test('stays when the image is back', async () => {
    await using world = await openWorld()
    const { registry } = world
    await pushImage(registry, key, 'signature', { members: about(app) })
    const at = registry.now()
    await remove(registry, app.digest)
    await pushManifest(registry, key, app, 'v1')
    world.pass(referrersOutlive)
    expect(await runJobOf(registry, app.digest, at)).toBe(true)
    expect(await digestsIn(registry)).toEqual([app.digest, signature.digest].toSorted())
  })

  test('stays when the image comes back while it is about to go', async () => {
    const others: { act?: () => Promise<unknown> } = {}
    await using world = await openWorld((store) => interrupted(store, others))
    const { registry } = world
    await pushImage(registry, key, 'signature', { members: about(app) })
    const at = registry.now()
    await remove(registry, app.digest)
    world.pass(referrersOutlive)
    others.act = () => pushManifest(registry, key, app, 'v1')
    expect(await runJobOf(registry, app.digest, at)).toBe(true)
    expect(others.act).toBeUndefined()
    expect(await digestsIn(registry)).toEqual([app.digest, signature.digest].toSorted())
  })

  test('comes back with the image, even after it went', async () => {
    await using world = await openWorld()
    const { registry } = world
    await pushImage(registry, key, 'signature', { members: about(app) })
    const at = registry.now()
    await remove(registry, app.digest)
    world.pass(referrersOutlive)
    await runJobOf(registry, app.digest, at)
    expect(await digestsIn(registry)).toEqual([])
    await restoreImage(registry, {
      repository: key,
      digest: app.digest,
      formerTags: 'left',
      missing: 'refused',
      actor: cause.actor,
    })
    expect(await digestsIn(registry)).toEqual([app.digest, signature.digest].toSorted())
  })

  test('is nothing for an image that stands alone', async () => {
    await using world = await openWorld()
    const at = world.registry.now()
    await remove(world.registry, app.digest)
    world.pass(referrersOutlive)
    expect(await runJobOf(world.registry, app.digest, at)).toBe(false)
  })
})
