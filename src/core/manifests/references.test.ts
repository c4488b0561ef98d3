import { describe, expect, test } from 'vitest'
import { type Digest, digestOf } from '../names/digest.ts'
import { artifactTypeOf } from './artifact-type.ts'
import type { Descriptor } from './descriptor.ts'
import { imageSize } from './image-size.ts'
import type { ImageIndex, ImageManifest } from './manifest.ts'
import { referencesOf } from './references.ts'

const ociImage = 'application/vnd.oci.image.manifest.v1+json'
const foreign = 'application/vnd.oci.image.layer.nondistributable.v1.tar+gzip'

function digest(seed: number): Digest {
  return digestOf('sha256', seed.toString(16).padStart(64, '0'))
}

function descriptor(seed: number, mediaType: string, urls: readonly string[] = []): Descriptor {
  return { mediaType, digest: digest(seed), size: seed, urls }
}

const facts = { artifactType: undefined, subject: digest(99), annotations: {} }

function imageOf(layers: readonly Descriptor[]): ImageManifest {
  return { ...facts, kind: 'image', mediaType: ociImage, config: descriptor(1, 'application/config'), layers }
}

function indexOf(manifests: readonly Descriptor[]): ImageIndex {
  return { ...facts, kind: 'index', mediaType: 'application/vnd.oci.image.index.v1+json', manifests }
}

describe('an image', () => {
  const layer = descriptor(2, 'application/layer')

  test('needs its config and each layer once, and not its subject', () => {
    expect(referencesOf(imageOf([layer, layer]))).toEqual({
      blobs: [digest(1), digest(2)],
      optionalBlobs: [],
      children: [],
    })
  })

  test('needs no non-distributable layer that can be had elsewhere', () => {
    const layers = [descriptor(3, foreign, ['https://example.com/3']), descriptor(4, foreign)]
    const { blobs, optionalBlobs } = referencesOf(imageOf(layers))
    expect({ blobs, optionalBlobs }).toEqual({ blobs: [digest(1), digest(4)], optionalBlobs: [digest(3)] })
  })

  test('is as large as its config and all its layers', () => {
    expect(imageSize(imageOf([layer, layer, descriptor(5, foreign)]), new Map())).toBe(1 + 2 + 2 + 5)
    expect(imageSize(imageOf([]), new Map())).toBe(1)
  })

  test('is refused when its size is beyond counting', () => {
    const vast = { ...layer, size: Number.MAX_SAFE_INTEGER }
    expect(() => imageSize(imageOf([vast, vast]), new Map())).toThrow('Invalid JSON syntax')
  })

  test('is the artifact it says it is, or what its config is', () => {
    expect(artifactTypeOf(imageOf([]))).toBe('application/config')
    expect(artifactTypeOf({ ...imageOf([]), artifactType: 'application/sbom' })).toBe('application/sbom')
  })
})

describe('an index', () => {
  const children = [descriptor(10, ociImage), descriptor(20, ociImage), descriptor(10, ociImage)]

  test('needs the manifests it lists, each once', () => {
    expect(referencesOf(indexOf(children))).toEqual({
      blobs: [],
      optionalBlobs: [],
      children: [digest(10), digest(20)],
    })
  })

  test("needs the blobs that BuildKit's cache lists in it", () => {
    const entries = [descriptor(5, 'application/vnd.buildkit.cacheconfig.v0'), ...children]
    expect(referencesOf(indexOf(entries)).blobs).toEqual([digest(5)])
  })

  test('is as large as its largest image', () => {
    const sizes = new Map([
      [digest(10), 5_000],
      [digest(20), 7_000],
    ])
    expect(imageSize(indexOf(children), sizes)).toBe(7_000)
    expect(imageSize(indexOf([]), sizes)).toBe(0)
  })

  test('is an artifact only when it says so', () => {
    expect(artifactTypeOf(indexOf(children))).toBeUndefined()
    expect(artifactTypeOf({ ...indexOf([]), artifactType: 'application/x' })).toBe('application/x')
  })
})
