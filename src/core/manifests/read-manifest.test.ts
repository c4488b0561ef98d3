import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { DomainError, InvalidParameterError, InvalidRequestError } from '../errors.ts'
import { manifestLimits } from './limits.ts'
import { readManifest } from './read-manifest.ts'

const ociImage = 'application/vnd.oci.image.manifest.v1+json'
const ociIndex = 'application/vnd.oci.image.index.v1+json'
const dockerImage = 'application/vnd.docker.distribution.manifest.v2+json'
const dockerList = 'application/vnd.docker.distribution.manifest.list.v2+json'

const invalidJson = new InvalidParameterError('ImageManifest', 'Invalid JSON syntax')

function digest(seed: number): string {
  return `sha256:${seed.toString(16).padStart(64, '0')}`
}

function descriptor(seed: number, changes: object = {}): object {
  return { mediaType: 'application/vnd.example.layer', digest: digest(seed), size: seed, ...changes }
}

function image(changes: object = {}): object {
  return { schemaVersion: 2, mediaType: ociImage, config: descriptor(1), layers: [descriptor(2)], ...changes }
}

function index(changes: object = {}): object {
  const manifests = [descriptor(1, { mediaType: ociImage })]
  return { schemaVersion: 2, mediaType: ociIndex, manifests, ...changes }
}

function bytes(document: unknown): Uint8Array {
  return new TextEncoder().encode(typeof document === 'string' ? document : JSON.stringify(document))
}

describe('a manifest is accepted', () => {
  test.each([
    [ociImage, 'image', image()],
    [dockerImage, 'image', image({ mediaType: dockerImage })],
    [ociIndex, 'index', index()],
    [dockerList, 'index', index({ mediaType: dockerList })],
  ])('as %s', (mediaType, kind, document) => {
    expect(readManifest(bytes(document))).toMatchObject({ mediaType, kind })
  })

  test.each([
    ['unknown members', image({ 'org.example': { a: [1, { b: null }] }, custom: 'x' })],
    ['an artifact type with parameters', image({ artifactType: 'application/x; charset=utf-8' })],
    ['a subject', image({ subject: descriptor(9, { mediaType: ociImage }) })],
    ['no layers', image({ layers: [] })],
    ["the null layers of Go's clients", image({ layers: null })],
    ['null where a member may be absent', image({ subject: null, annotations: null, manifests: null })],
    ['data in a descriptor', image({ config: descriptor(1, { data: 'e30=' }) })],
    ['annotations on the config', image({ config: descriptor(1, { annotations: { a: 'b' } }) })],
    ['the same layer twice', image({ layers: [descriptor(2), descriptor(2)] })],
    ['an empty layer', image({ layers: [descriptor(2, { size: 0 })] })],
    ['sha512', image({ layers: [descriptor(2, { digest: `sha512:${'a'.repeat(128)}` })] })],
    ['annotations that differ in case alone', image({ annotations: { Layers: 'a', layers: 'b' } })],
    ['an index of nothing', index({ manifests: [] })],
    ['platform.features', index({ manifests: [descriptor(1, { platform: { features: ['sse4'] } })] })],
    ['an index with an artifact type', index({ artifactType: 'application/x' })],
  ])('with %s', (_, document) => {
    expect(readManifest(bytes(document))).toBeDefined()
  })

  test('when only the client says what it is', () => {
    expect(readManifest(bytes(image({ mediaType: undefined })), ociImage).mediaType).toBe(ociImage)
    expect(readManifest(bytes(image({ mediaType: '' })), `${ociImage}; charset=utf-8`).mediaType).toBe(
      ociImage,
    )
  })

  test('with as many layers as the limit and 4 MiB at the most', () => {
    const layers = Array.from({ length: manifestLimits.layers }, (_, seed) => descriptor(seed))
    expect(readManifest(bytes(image({ layers })))).toMatchObject({ layers })
    const text = JSON.stringify(image())
    expect(readManifest(bytes(text.padEnd(manifestLimits.bytes)))).toBeDefined()
  })

  test('and tells what it says', () => {
    const document = image({
      artifactType: 'application/x',
      subject: descriptor(9),
      annotations: { title: 'a "quoted" one' },
      layers: [descriptor(2, { urls: ['https://example.com/2'] })],
    })
    expect(readManifest(bytes(document))).toEqual({
      kind: 'image',
      mediaType: ociImage,
      artifactType: 'application/x',
      subject: digest(9),
      annotations: { title: 'a "quoted" one' },
      config: descriptor(1, { urls: [] }),
      layers: [descriptor(2, { urls: ['https://example.com/2'] })],
    })
  })
})

describe('a manifest is refused as invalid', () => {
  test.each([
    ['no JSON', '{"schemaVersion":2'],
    ['nothing', ''],
    ['text after the end', `${JSON.stringify(image())}{}`],
    ['a byte order mark', `\ufeff${JSON.stringify(image())}`],
    ['a list', '[]'],
    ['null', 'null'],
    ['a number', '2'],
    ['schema version 1', image({ schemaVersion: 1 })],
    ['no schema version', image({ schemaVersion: undefined })],
    ['a media type that is no text', image({ mediaType: 2 })],
    ['no config', image({ config: undefined })],
    ['a null config', image({ config: null })],
    ['no layers member', image({ layers: undefined })],
    ['layers that are no list', image({ layers: {} })],
    ['no manifests member', index({ manifests: undefined })],
    ['annotations that are no texts', image({ annotations: { a: 1 } })],
    ['an artifact type that is no text', image({ artifactType: 1 })],
    ['an artifact type with a NUL', image({ artifactType: 'application/x\0' })],
    ['an artifact type of 256 characters', image({ artifactType: 'x'.repeat(256) })],
    ['a subject without a digest', image({ subject: { mediaType: ociImage, size: 1 } })],
  ])('for %s', (_, document) => {
    expect(() => readManifest(bytes(document))).toThrow(invalidJson)
  })

  test.each([
    ['no object', 'sha256'],
    ['null', null],
    ['no media type', descriptor(1, { mediaType: undefined })],
    ['an empty media type', descriptor(1, { mediaType: '' })],
    ['a line break in its media type', descriptor(1, { mediaType: 'application/x\n' })],
    ['no digest', descriptor(1, { digest: undefined })],
    ['an upper-case digest', descriptor(1, { digest: `sha256:${'A'.repeat(64)}` })],
    ['a short digest', descriptor(1, { digest: 'sha256:abcd' })],
    ['a path for a digest', descriptor(1, { digest: 'sha256:../../../etc/passwd' })],
    ['an unknown algorithm', descriptor(1, { digest: `md5:${'a'.repeat(32)}` })],
    ['no size', descriptor(1, { size: undefined })],
    ['a negative size', descriptor(1, { size: -1 })],
    ['a fractional size', descriptor(1, { size: 1.5 })],
    ['a size of 2^53', descriptor(1, { size: 2 ** 53 })],
    ['a size in quotes', descriptor(1, { size: '1' })],
    ['urls that are no list', descriptor(1, { urls: 'https://example.com' })],
    ['urls that are no texts', descriptor(1, { urls: [1] })],
    ['a second spelling of a member', descriptor(1, { Digest: digest(2) })],
  ])('for a descriptor with %s, wherever it stands', (_, broken) => {
    for (const document of [
      image({ config: broken }),
      image({ layers: [descriptor(3), broken] }),
      index({ manifests: [broken] }),
    ]) {
      expect(() => readManifest(bytes(document))).toThrow(invalidJson)
    }
  })

  test('for bytes that are no UTF-8', () => {
    const document = bytes(image({ annotations: { a: 'x' } }))
    document.set([0xff], document.lastIndexOf('x'.charCodeAt(0)))
    expect(() => readManifest(document)).toThrow(invalidJson)
  })
})

describe('a manifest says one thing only', () => {
  test('CVE-2021-41190: never an image and an index at once', () => {
    for (const document of [
      image({ manifests: [descriptor(3, { mediaType: ociImage })] }),
      image({ manifests: [] }),
      index({ layers: [descriptor(3)] }),
      index({ config: descriptor(3) }),
    ]) {
      expect(() => readManifest(bytes(document))).toThrow(invalidJson)
    }
  })

  test('CVE-2021-41190: what it says of itself is what the client declared', () => {
    expect(() => readManifest(bytes(image()), ociIndex)).toThrow(InvalidParameterError)
    expect(() => readManifest(bytes(image()), dockerImage)).toThrow(InvalidParameterError)
    expect(() => readManifest(bytes(image()), 'application/json')).toThrow(InvalidParameterError)
    expect(() => readManifest(bytes(image({ mediaType: undefined })), ociIndex)).toThrow(invalidJson)
  })

  test.each([
    ['twice', '"layers":[],"layers":[]'],
    ['twice, once in escapes', '"layers":[],"l\\u0061yers":[]'],
    ['in other letters, as Go would read it', '"layers":[],"Layers":[]'],
    ['with a long s, as Go would read it', '"layers":[],"layer\u017f":[]'],
    ['in other letters alone', '"LAYERS":[]'],
  ])('never a member %s', (_, layers) => {
    const { layers: _layers, ...rest } = { layers: [], ...image() }
    const text = JSON.stringify(rest).replace('{', `{${layers},`)
    expect(() => readManifest(bytes(text))).toThrow(invalidJson)
  })
})

describe('a manifest must be of a known type', () => {
  test('or says which it is neither by itself nor by the client', () => {
    expect(() => readManifest(bytes(image({ mediaType: undefined })))).toThrow(
      new InvalidRequestError('image manifest mediatype not provided in manifest or parameter'),
    )
  })

  test.each([
    'application/vnd.docker.distribution.manifest.v1+json',
    'application/vnd.docker.distribution.manifest.v1+prettyjws',
    'application/vnd.cncf.oras.artifact.manifest.v1+json',
    'application/json',
    'constructor',
  ])('and is not when it is %s', (mediaType) => {
    const unsupported = new InvalidRequestError(`Unsupported manifest type: "${mediaType}"`)
    expect(() => readManifest(bytes(image({ mediaType })))).toThrow(unsupported)
    expect(() => readManifest(bytes(image({ mediaType: undefined })), mediaType)).toThrow(unsupported)
  })
})

describe('a manifest has limits', () => {
  test('of length', () => {
    const text = JSON.stringify(image()).padEnd(manifestLimits.bytes + 1)
    expect(() => readManifest(bytes(text))).toThrow(
      "Invalid parameter at 'imageManifest' failed to satisfy constraint: 'Member must have length less than or equal to 4194304'",
    )
  })

  test('of layers', () => {
    const layers = Array.from({ length: manifestLimits.layers + 1 }, (_, seed) => descriptor(seed))
    expect(() => readManifest(bytes(image({ layers })))).toThrow(
      "Invalid parameter at 'ImageManifest' failed to satisfy constraint: 'Limit on number of layers per image exceeded'",
    )
  })

  test('of manifests in an index', () => {
    const manifests = Array.from({ length: manifestLimits.manifests + 1 }, (_, seed) => descriptor(seed))
    expect(() => readManifest(bytes(index({ manifests })))).toThrow('Limit on number of manifests')
  })

  test('of nesting, however deep the nest is', () => {
    for (const depth of [manifestLimits.depth, 1_000_000]) {
      const nest = `${'['.repeat(depth)}${']'.repeat(depth)}`
      const text = JSON.stringify(image({ nest: 0 })).replace('"nest":0', `"nest":${nest}`)
      expect(() => readManifest(bytes(text))).toThrow('Limit on depth of nesting exceeded')
    }
  })
})

describe('whatever comes in', () => {
  const mutated = fc
    .tuple(fc.constantFrom(JSON.stringify(image()), JSON.stringify(index())), fc.nat(), fc.string())
    .map(([text, at, noise]) => {
      const cut = at % text.length
      return text.slice(0, cut) + noise + text.slice(cut + noise.length)
    })

  test('a manifest is read or refused by a domain error', () => {
    const anything = fc.oneof(fc.uint8Array(), fc.json().map(bytes), mutated.map(bytes))
    fc.assert(
      fc.property(anything, fc.option(fc.string(), { nil: undefined }), (content, declared) => {
        try {
          expect(['image', 'index']).toContain(readManifest(content, declared).kind)
        } catch (error) {
          expect(error).toBeInstanceOf(DomainError)
        }
      }),
    )
  })
})
