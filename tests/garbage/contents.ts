import { expect } from 'vitest'
import { parseAccountId } from '../../src/core/names/account-id.ts'
import { parseDigest } from '../../src/core/names/digest.ts'
import { parseRegion } from '../../src/core/names/region.ts'
import { parseRepositoryName } from '../../src/core/names/repository-name.ts'
import type { Doors } from './doors.ts'
import { blobTexts, digestOf, type Manifest, type Model, manifests } from './model.ts'

/** Reads an image with everything it refers to, and hashes it all; false when the repository doesn't have it. */
export async function pullWhole(doors: Doors, name: string, manifest: Manifest): Promise<boolean> {
  const path = `/v2/${name}/manifests/${digestOf(manifest.text)}`
  const { status, body } = await doors.v2('GET', path, undefined, { accept: manifest.type })
  if (status === 404) return false
  expect([status, digestOf(body.toString())]).toEqual([200, digestOf(manifest.text)])
  for (const text of manifest.blobs) {
    const blob = await doors.v2('GET', `/v2/${name}/blobs/${digestOf(text)}`)
    expect([blob.status, blob.body.toString()]).toEqual([200, text])
  }
  for (const child of manifests.filter((other) => manifest.children.includes(other.name))) {
    expect(await pullWhole(doors, name, child)).toBe(true)
  }
  return true
}

/** Nothing is lost and nothing is left over: the stores hold what the model says, and every image pulls whole. */
export async function expectContents(model: Model, doors: Doors): Promise<void> {
  const { registry, failures } = doors
  expect(await allOf(registry.blobs.list())).toEqual([...model.bytes.keys()].map(digestOf).toSorted())
  expect(await allOf(registry.blobs.trash.list())).toEqual([])
  expect(await allOf(registry.blobs.uploads.list())).toEqual([...model.uploads.keys()].toSorted())
  for (const [name, { links, images }] of model.repositories) {
    expect(await linksOf(doors, name)).toEqual([...links.keys()].toSorted())
    for (const manifest of manifests) {
      expect(await pullWhole(doors, name, manifest)).toBe(images.has(manifest.name))
    }
  }
  expect(failures).toEqual([])
}

async function linksOf({ registry }: Doors, name: string): Promise<string[]> {
  const key = {
    account: parseAccountId('000000000000'),
    region: parseRegion('us-east-1'),
    name: parseRepositoryName(name),
  }
  const repository = await registry.metadata.repositories.find(key)
  const wanted = blobTexts.map((text) => parseDigest(digestOf(text)))
  const blobs = await registry.metadata.blobLinks.findMany(repository?.id ?? 0, wanted)
  const digests = new Set<string>(blobs.map(({ digest }) => digest))
  return blobTexts.filter((text) => digests.has(digestOf(text))).toSorted()
}

async function allOf(portions: AsyncIterable<readonly string[]>): Promise<string[]> {
  const items: string[] = []
  for await (const portion of portions) items.push(...portion)
  return items.toSorted()
}
