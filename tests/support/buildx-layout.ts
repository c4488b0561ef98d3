import { execFileSync } from 'node:child_process'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { indexType, writeLayout } from './oci-layout.ts'
import { temporaryFolder } from './temporary-folder.ts'
import { blob, blobsOf, digestOf, imageOf, type TestImage } from './test-image.ts'

const manifestType = 'application/vnd.oci.image.manifest.v1+json'
const predicates = ['https://spdx.dev/Document', 'https://slsa.dev/provenance/v1']

/** What `docker buildx build --platform linux/amd64,linux/arm64 --sbom --provenance` makes. */
export interface BuildxLayout {
  readonly index: string
  /** By architecture. */
  readonly images: ReadonlyMap<string, TestImage>
  /** Of the image of that architecture: amd64's as BuildKit always wrote them, arm64's as an OCI artifact with a subject. */
  readonly attestations: ReadonlyMap<string, TestImage>
}

/**
 * Writes an OCI layout with the tag `v1`: an index of two images that an engine can unpack, each with its SBOM and provenance.
 *
 * @see BuildKit, docs/attestations/attestation-storage.md
 */
export async function writeBuildxLayout(folder: string): Promise<BuildxLayout> {
  const images = new Map<string, TestImage>()
  for (const architecture of ['amd64', 'arm64']) images.set(architecture, await unpackableImage(architecture))
  const attestations = new Map(
    [...images].map(([architecture, image]) => [
      architecture,
      architecture === 'amd64' ? attestationOf(image) : asArtifact(attestationOf(image), image),
    ]),
  )
  const index = JSON.stringify({
    schemaVersion: 2,
    mediaType: indexType,
    manifests: [
      ...[...images].map(([architecture, image]) => ({
        ...descriptor(image),
        platform: { os: 'linux', architecture },
      })),
      ...[...images].map(([architecture, image]) => attestationEntry(image, attestations.get(architecture))),
    ],
  })
  const all = [...images.values(), ...attestations.values()]
  const blobs = all.flatMap((image) => [blob(Buffer.from(image.manifest)), ...blobsOf(image)])
  return { index: await writeLayout(folder, index, blobs), images, attestations }
}

/** One file, `architecture`, that names the platform. */
async function unpackableImage(architecture: string): Promise<TestImage> {
  await using tree = await temporaryFolder()
  await writeFile(join(tree.path, 'architecture'), architecture)
  const tar = execFileSync('tar', ['--create', '--directory', tree.path, 'architecture'])
  const rootfs = { type: 'layers', diff_ids: [digestOf(tar)] }
  return imageOf({ os: 'linux', architecture, config: {}, rootfs }, [blob(gzipSync(tar))])
}

function attestationOf({ digest }: TestImage): TestImage {
  const layers = predicates.map((predicateType) => {
    const subject = [{ name: 'image', digest: { sha256: digest.replace('sha256:', '') } }]
    const _type = 'https://in-toto.io/Statement/v0.1'
    return blob(Buffer.from(JSON.stringify({ _type, predicateType, subject, predicate: {} })))
  })
  const rootfs = { type: 'layers', diff_ids: layers.map((layer) => layer.digest) }
  const image = imageOf({ architecture: 'unknown', os: 'unknown', config: {}, rootfs }, layers)
  const statements = layers.map((layer, at) => ({
    ...{ mediaType: 'application/vnd.in-toto+json', digest: layer.digest, size: layer.content.length },
    annotations: { 'in-toto.io/predicate-type': predicates[at] },
  }))
  return withMembers(image, { layers: statements })
}

function asArtifact(attestation: TestImage, subject: TestImage): TestImage {
  const config = blob(Buffer.from('{}'))
  return withMembers(
    { ...attestation, config },
    {
      artifactType: 'application/vnd.docker.attestation.manifest.v1+json',
      config: {
        mediaType: 'application/vnd.oci.empty.v1+json',
        digest: config.digest,
        size: 2,
        data: 'e30=',
      },
      subject: descriptor(subject),
    },
  )
}

function withMembers(image: TestImage, members: object): TestImage {
  const manifest = JSON.stringify({ ...JSON.parse(image.manifest), ...members })
  return { ...image, manifest, digest: digestOf(manifest) }
}

function attestationEntry(image: TestImage, attestation: TestImage | undefined) {
  const annotations = {
    'vnd.docker.reference.digest': image.digest,
    'vnd.docker.reference.type': 'attestation-manifest',
  }
  return {
    ...(attestation && descriptor(attestation)),
    annotations,
    platform: { os: 'unknown', architecture: 'unknown' },
  }
}

function descriptor({ digest, manifest }: TestImage) {
  return { mediaType: manifestType, digest, size: manifest.length }
}
