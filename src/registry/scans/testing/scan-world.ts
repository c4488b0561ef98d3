import { mkdtempDisposable } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type TarFile, tarOf } from '../../../../tests/support/tar.ts'
import type { RepositoryKey } from '../../../core/names/registry-key.ts'
import { layerLimits, UnreadableLayerError } from '../../../scanning/inventory/limits.ts'
import { readLayer as readHere } from '../../../scanning/inventory/read-layer.ts'
import type { ManifestPut } from '../../put-manifest.ts'
import type { Registry } from '../../registry.ts'
import { imageType, manifestOf, pushBlob, pushManifest, textBlob } from '../../testing/test-images.ts'
import { ownJudge } from '../own-judge.ts'
import { scanImage } from '../scan-image.ts'
import type { ReadLayer } from '../take-inventory.ts'

/** Reads a layer as scans do, in this process. */
export const readLayer: ReadLayer = async (layer) => {
  await using folder = await mkdtempDisposable(join(tmpdir(), 'berth-scan-test-'))
  try {
    return { inventory: await readHere(layer, { limits: layerLimits, folder: folder.path }) }
  } catch (error) {
    if (error instanceof UnreadableLayerError) return { unreadable: error.message }
    throw error
  }
}

/** A layer that says which Debian it is, and what is installed. */
export function debianLayer(packages: Readonly<Record<string, string>>): TarFile[] {
  const stanzas = Object.entries(packages).map(
    ([name, version]) => `Package: ${name}\nStatus: install ok installed\nVersion: ${version}\n`,
  )
  return [
    { path: 'etc/os-release', content: 'ID=debian\nVERSION_ID="12"\nPRETTY_NAME="Debian 12"\n' },
    { path: 'var/lib/dpkg/status', content: stanzas.join('\n') },
  ]
}

/** Pushes an image of these layers; their text is ASCII. */
export async function pushLayers(
  registry: Registry,
  repository: RepositoryKey,
  layers: readonly (readonly TarFile[])[],
  tag?: string,
): Promise<ManifestPut> {
  const texts = layers.map((files) => tarOf(files).toString('latin1'))
  for (const text of ['config', ...texts]) await pushBlob(registry, repository, text)
  const manifest = manifestOf({
    schemaVersion: 2,
    mediaType: imageType,
    config: { mediaType: 'application/vnd.oci.image.config.v1+json', ...textBlob('config') },
    layers: texts.map((text) => ({ mediaType: 'application/vnd.oci.image.layer.v1.tar', ...textBlob(text) })),
  })
  return pushManifest(registry, repository, manifest, tag)
}

/** Does the scan of an image that was asked for. */
export function scan(
  registry: Registry,
  repository: RepositoryKey,
  { image }: ManifestPut,
  read = readLayer,
) {
  const { signal } = new AbortController()
  return scanImage(registry, repository, image.digest, {
    attempt: 1,
    signal,
    judge: ownJudge(registry, read),
  })
}
