import { createHash } from 'node:crypto'
import { join } from 'node:path'
import { parseAccountId } from '../../src/core/names/account-id.ts'
import { digestOf } from '../../src/core/names/digest.ts'
import { parseRegion } from '../../src/core/names/region.ts'
import { parseRepositoryName } from '../../src/core/names/repository-name.ts'
import { parseTag } from '../../src/core/names/tag.ts'
import type { MetadataTransaction } from '../../src/stores/metadata/metadata-store.ts'
import { openSqliteMetadata } from '../../src/stores/metadata/sqlite.ts'

const inOneGo = 1000
const manifestType = 'application/vnd.oci.image.manifest.v1+json'

/**
 * Writes a repository with an image for each tag into an empty data folder, by Berth's own store: what as many pushes
 * would leave, but for the layers' bytes.
 */
export async function fillBerth(folder: string, name: string, tags: readonly string[]): Promise<void> {
  await using metadata = await openSqliteMetadata({ file: join(folder, 'metadata.db') })
  const repository = await metadata.write((tx) => addRepository(tx, name))
  for (let first = 0; first < tags.length; first += inOneGo) {
    await metadata.write(async (tx) => {
      for (const tag of tags.slice(first, first + inOneGo)) await addImage(tx, repository, tag)
    })
  }
}

async function addRepository(tx: MetadataTransaction, name: string): Promise<number> {
  const repository = await tx.repositories.add({
    account: parseAccountId('000000000000'),
    region: parseRegion('us-east-1'),
    name: parseRepositoryName(name),
    createdAt: new Date(),
    tagMutability: { mode: 'MUTABLE', exclusions: [] },
    scanOnPush: false,
    encryption: { type: 'AES256' },
  })
  if (repository === undefined) throw new Error(`Repository ${name} is there already`)
  return repository.id
}

async function addImage(tx: MetadataTransaction, repository: number, tag: string): Promise<void> {
  const content = Buffer.from(JSON.stringify({ schemaVersion: 2, mediaType: manifestType, layers: [], tag }))
  const digest = digestOf('sha256', createHash('sha256').update(content).digest('hex'))
  const pushedAt = new Date()
  const image = {
    digest,
    mediaType: manifestType,
    manifestBytes: content.length,
    sizeInBytes: 123_456_789,
    artifactType: 'application/vnd.oci.image.config.v1+json',
    pushedAt,
    storage: 'ACTIVE' as const,
  }
  await tx.images.add(repository, { image, content, blobs: [], absentBlobs: [], children: [] })
  await tx.tags.put(repository, parseTag(tag), digest, pushedAt)
}
