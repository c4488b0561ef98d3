import { hash } from 'node:crypto'
import type { Blob } from '../../core/images/blob.ts'
import { digestOf } from '../../core/names/digest.ts'
import type { RepositoryKey } from '../../core/names/registry-key.ts'
import { finishUpload } from '../finish-upload.ts'
import { once } from '../once.ts'
import type { Registry } from '../registry.ts'
import { startUpload } from '../start-upload.ts'

/** Makes a few bytes that the registry itself has made a blob of a repository. Throws as a push does. */
export async function pushContent(
  registry: Registry,
  repository: RepositoryKey,
  content: Uint8Array,
): Promise<Blob> {
  const digest = digestOf('sha256', hash('sha256', content, 'hex'))
  const { id } = await startUpload(registry, repository)
  const last = { length: content.byteLength, body: once(content) }
  const { blob } = await finishUpload(registry, { repository, uploadId: id, digests: [digest], last })
  return blob
}
