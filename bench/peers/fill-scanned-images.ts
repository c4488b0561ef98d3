import { createHash } from 'node:crypto'
import { join } from 'node:path'
import { type Digest, digestOf } from '../../src/core/names/digest.ts'
import type { RepositoryKey } from '../../src/core/names/registry-key.ts'
import type { PackageRecord } from '../../src/core/scanning/installed-package.ts'
import { inventoryVersion } from '../../src/core/scanning/layer-inventory.ts'
import { importAdvisories } from '../../src/registry/scans/import-advisories.ts'
import type { MetadataStore, MetadataTransaction } from '../../src/stores/metadata/metadata-store.ts'
import { openSqliteMetadata } from '../../src/stores/metadata/sqlite.ts'

const manifestType = 'application/vnd.oci.image.manifest.v1+json'
const layerType = 'application/vnd.oci.image.layer.v1.tar+gzip'
const configType = 'application/vnd.oci.image.config.v1+json'
const inOneGo = 500

/** So many of each in what is written. */
export const scannedWorld = {
  bases: 20,
  /** Of the distribution, in the layer that images share. */
  basePackages: 200,
  /** Of npm, in a layer that each image has for itself. */
  ownPackages: 20,
  /** Names that those of npm are from. */
  npmNames: 2_000,
  /** One in so many packages has a known vulnerability. */
  vulnerableEvery: 5,
} as const

/**
 * Writes images into an empty data folder that have been scanned continuously before anything was known of their packages, by Berth's own
 * store: what as many pushes and scans would leave, but for the layers' bytes. Then what is known is put there.
 */
export async function fillScannedImages(folder: string, key: RepositoryKey, images: number): Promise<void> {
  await using metadata = await openSqliteMetadata({ file: join(folder, 'metadata.db') })
  const repositoryId = await addRepository(metadata, key)
  for (let base = 0; base < scannedWorld.bases; base += 1) {
    await metadata.write((tx) => addLayer(tx, repositoryId, baseLayer(base), basePackages(base)))
  }
  for (let first = 0; first < images; first += inOneGo) {
    await metadata.write(async (tx) => {
      for (let number = first; number < Math.min(images, first + inOneGo); number += 1)
        await addScannedImage(tx, repositoryId, number)
    })
  }
  await importAdvisories({ metadata, now: () => new Date() }, allAdvisories())
}

async function addRepository(metadata: MetadataStore, key: RepositoryKey): Promise<number> {
  return metadata.write(async (tx) => {
    const repository = await tx.repositories.add({
      ...key,
      createdAt: new Date(),
      tagMutability: { mode: 'MUTABLE', exclusions: [] },
      scanOnPush: false,
      encryption: { type: 'AES256' },
    })
    if (repository === undefined) throw new Error(`Repository ${key.name} is there already`)
    const rules = [{ frequency: 'CONTINUOUS_SCAN', filters: ['*'] }] as const
    await tx.scans.putConfiguration(key, { type: 'ENHANCED', rules })
    return repository.id
  })
}

function digestFor(text: string): Digest {
  return digestOf('sha256', createHash('sha256').update(text).digest('hex'))
}

function baseLayer(base: number): Digest {
  return digestFor(`base ${base}`)
}

function basePackages(base: number): PackageRecord[] {
  return Array.from({ length: scannedWorld.basePackages }, (_, at) => ({
    format: 'dpkg',
    name: `deb-${at}`,
    version: `1.${base}.0-1+deb12u1`,
    architecture: 'amd64',
  }))
}

async function addLayer(
  tx: MetadataTransaction,
  repositoryId: number,
  digest: Digest,
  packages: readonly PackageRecord[],
): Promise<void> {
  const distribution = { id: 'debian', versionId: '12', name: 'Debian GNU/Linux 12 (bookworm)' }
  await tx.blobLinks.add(repositoryId, { digest, size: 1 }, new Date())
  await tx.scans.keepInventory(digest, inventoryVersion, {
    files: [
      { path: 'etc/os-release', packages: [], distribution },
      { path: 'var/lib/dpkg/status', packages },
    ],
    removed: [],
    emptied: [],
  })
}

async function addScannedImage(tx: MetadataTransaction, repositoryId: number, number: number): Promise<void> {
  const own = digestFor(`own ${number}`)
  await tx.blobLinks.add(repositoryId, { digest: own, size: 1 }, new Date())
  const files = Array.from({ length: scannedWorld.ownPackages }, (_, at) => {
    const name = `npm-${(number * 7 + at * 97) % scannedWorld.npmNames}`
    const version = `1.${number % 10}.0`
    const path = `app/node_modules/${name}/package.json`
    return { path, packages: [{ format: 'npm' as const, name, version }] }
  })
  await tx.scans.keepInventory(own, inventoryVersion, { files, removed: [], emptied: [] })
  const layers = [baseLayer(number % scannedWorld.bases), own]
  const image = await addImage(tx, repositoryId, layers)
  await tx.scans.ask(image, { type: 'ENHANCED', status: 'PENDING', at: new Date() })
  const facts = { status: 'ACTIVE', description: '', severityCounts: {}, fingerprint: '' } as const
  await tx.scans.end(image, 1, { ...facts, completedAt: new Date() }, [])
}

async function addImage(tx: MetadataTransaction, repositoryId: number, layers: readonly Digest[]) {
  const manifest = {
    schemaVersion: 2,
    mediaType: manifestType,
    config: { mediaType: configType, digest: digestFor('config'), size: 2 },
    layers: layers.map((digest) => ({ mediaType: layerType, digest, size: 1 })),
  }
  const content = Buffer.from(JSON.stringify(manifest))
  const digest = digestFor(content.toString())
  const image = {
    digest,
    mediaType: manifestType,
    manifestBytes: content.length,
    sizeInBytes: 123_456_789,
    artifactType: configType,
    pushedAt: new Date(),
    storage: 'ACTIVE' as const,
  }
  await tx.images.add(repositoryId, { image, content, blobs: layers, absentBlobs: [], children: [] })
  return { repositoryId, digest }
}

function allAdvisories(): object[] {
  const packages = [
    ...names('Debian:12', 'deb', scannedWorld.basePackages),
    ...names('npm', 'npm', scannedWorld.npmNames),
  ]
  return packages.map(({ ecosystem, name }, at) =>
    advisory(`CVE-2025-${10_000 + at}`, { ecosystem, name, fixed: '2.0.0' }),
  )
}

function names(ecosystem: string, prefix: string, count: number) {
  return Array.from({ length: count }, (_, at) => ({ ecosystem, name: `${prefix}-${at}` })).filter(
    (_, at) => at % scannedWorld.vulnerableEvery === 0,
  )
}

/** A record as OSV publishes it, of a vulnerability that every version before one has. */
export function advisory(
  id: string,
  { ecosystem, name, fixed }: { readonly ecosystem: string; readonly name: string; readonly fixed: string },
): object {
  return {
    id,
    modified: new Date().toISOString(),
    published: '2025-01-01T00:00:00Z',
    details: `Something is wrong with ${name}, which is told at some length here.`,
    severity: [{ type: 'CVSS_V3', score: 'CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H' }],
    affected: [
      {
        package: { ecosystem, name },
        ranges: [{ type: 'ECOSYSTEM', events: [{ introduced: '0' }, { fixed }] }],
      },
    ],
  }
}
