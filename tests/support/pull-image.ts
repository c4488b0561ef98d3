import { z } from 'zod'
import { type RegistryAccess, sendExpecting } from './registry-client.ts'
import { digestOf } from './test-image.ts'

const headers = {
  accept: [
    'application/vnd.oci.image.manifest.v1+json',
    'application/vnd.oci.image.index.v1+json',
    'application/vnd.docker.distribution.manifest.v2+json',
    'application/vnd.docker.distribution.manifest.list.v2+json',
  ].join(', '),
}

const descriptor = z.object({ digest: z.string(), size: z.number() })
const manifestSchema = z.union([
  z.object({ manifests: z.array(descriptor) }),
  z.object({ config: descriptor, layers: z.array(descriptor) }),
])

/**
 * Reads a whole image, the children of an index too, and hashes every byte of it: manifest, config and layers.
 * Resolves to the manifest's digest. @throws UnexpectedAnswerError, DamagedContentError
 */
export async function pullImage(
  access: RegistryAccess,
  repository: string,
  reference: string,
): Promise<string> {
  const answer = await sendExpecting(200, access, 'GET', `/v2/${repository}/manifests/${reference}`, {
    headers,
  })
  const manifest = await answer.text()
  const digest = digestOf(manifest)
  expectDigest(answer.headers.get('docker-content-digest'), digest)
  if (reference.startsWith('sha256:')) expectDigest(reference, digest)
  await pullReferences(access, repository, manifestSchema.parse(JSON.parse(manifest)))
  return digest
}

async function pullReferences(
  access: RegistryAccess,
  repository: string,
  manifest: z.infer<typeof manifestSchema>,
): Promise<void> {
  if ('manifests' in manifest) {
    for (const child of manifest.manifests) await pullImage(access, repository, child.digest)
    return
  }
  for (const blob of [manifest.config, ...manifest.layers]) await pullBlob(access, repository, blob)
}

async function pullBlob(access: RegistryAccess, repository: string, blob: z.infer<typeof descriptor>) {
  const answer = await sendExpecting(200, access, 'GET', `/v2/${repository}/blobs/${blob.digest}`)
  const content = await answer.bytes()
  expectDigest(blob.digest, digestOf(content))
  if (content.length !== blob.size) throw new DamagedContentError(blob.digest, `${content.length} bytes`)
}

/** Content that isn't what its digest or its descriptor says. */
export class DamagedContentError extends Error {
  override readonly name = 'DamagedContentError'
  constructor(expected: string | null, found: string) {
    super(`Expected ${expected ?? 'a digest'}, found ${found}`)
  }
}

function expectDigest(expected: string | null, found: string): void {
  if (expected !== found) throw new DamagedContentError(expected, found)
}
