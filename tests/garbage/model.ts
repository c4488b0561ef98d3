import { createHash } from 'node:crypto'

export const hour = 60 * 60 * 1000
export const day = 24 * hour
/** The grace period, as a server has it unless told. */
const grace = 24 * hour
const uploadExpiry = 7 * day

const configType = 'application/vnd.oci.image.config.v1+json'
const layerType = 'application/vnd.oci.image.layer.v1.tar'
export const imageType = 'application/vnd.oci.image.manifest.v1+json'
export const indexType = 'application/vnd.oci.image.index.v1+json'

export function digestOf(text: string): string {
  return `sha256:${createHash('sha256').update(text).digest('hex')}`
}

/** A manifest of the few there are: what it says, and what it needs. */
export interface Manifest {
  readonly name: string
  readonly type: string
  readonly text: string
  readonly blobs: readonly string[]
  readonly children: readonly string[]
}

function image(name: string, config: string, ...layers: readonly string[]): Manifest {
  const descriptor = (mediaType: string) => (text: string) => ({
    mediaType,
    digest: digestOf(text),
    size: text.length,
  })
  const document = {
    schemaVersion: 2,
    mediaType: imageType,
    config: descriptor(configType)(config),
    layers: layers.map(descriptor(layerType)),
    annotations: { name },
  }
  return { name, type: imageType, text: JSON.stringify(document), blobs: [config, ...layers], children: [] }
}

function index(name: string, ...children: readonly Manifest[]): Manifest {
  const manifests = children.map(({ type, text }) => ({
    mediaType: type,
    digest: digestOf(text),
    size: text.length,
  }))
  const document = { schemaVersion: 2, mediaType: indexType, manifests, annotations: { name } }
  const names = children.map((child) => child.name)
  return { name, type: indexType, text: JSON.stringify(document), blobs: [], children: names }
}

const small = image('small', 'config one', 'layer base')
const large = image('large', 'config two', 'layer base', 'layer middle', 'layer top')
const lonely = image('lonely', 'config three', 'layer lonely')
/** Images that share layers, one that shares none, and an index. */
export const manifests: readonly Manifest[] = [small, large, lonely, index('both', small, large)]
export const blobTexts: readonly string[] = [...new Set(manifests.flatMap(({ blobs }) => blobs))]
export const repositoryNames = ['team/one', 'team/two', 'team/three'] as const
export const tagNames = ['v1', 'v2'] as const

interface Upload {
  readonly repository: RepositoryModel
  readonly startedAt: number
  readonly writtenAt: number
  readonly text: string
  /** How much of the text is there. */
  readonly written: number
}

interface RepositoryModel {
  /** Blob to when it was last needed, but for images. */
  readonly links: Map<string, number>
  readonly images: Set<string>
  readonly tags: Map<string, string>
}

/** Everything that a registry should hold, as one would explain it at a table. */
export class Model {
  now: number
  readonly repositories = new Map<string, RepositoryModel>()
  /** Blob that has bytes to when a repository was last known to need it. */
  readonly bytes = new Map<string, number>()
  /** By the id that the registry gave. */
  readonly uploads = new Map<string, Upload>()

  constructor(now: number) {
    this.now = now
  }

  create(name: string): void {
    this.repositories.set(name, { links: new Map(), images: new Set(), tags: new Map() })
  }

  drop(name: string): void {
    for (const text of this.repositories.get(name)?.links.keys() ?? []) this.bytes.set(text, this.now)
    this.repositories.delete(name)
  }

  link({ links }: RepositoryModel, text: string): void {
    links.set(text, this.now)
    if (!this.bytes.has(text)) this.bytes.set(text, this.now)
  }

  unlink({ links }: RepositoryModel, text: string): void {
    links.delete(text)
    this.bytes.set(text, this.now)
  }

  isNeeded({ images }: RepositoryModel, text: string): boolean {
    return manifests.some(({ name, blobs }) => images.has(name) && blobs.includes(text))
  }

  /** Someone looked for it: the grace period begins anew, if a quarter of it is over. */
  rely(repository: RepositoryModel, text: string): void {
    const neededAt = repository.links.get(text)
    if (neededAt === undefined || this.isNeeded(repository, text)) return
    if (neededAt < this.now - grace / 4) repository.links.set(text, this.now)
  }

  canTake({ links, images }: RepositoryModel, { blobs, children }: Manifest): boolean {
    return blobs.every((text) => links.has(text)) && children.every((child) => images.has(child))
  }

  /** Whether an index in the repository lists the image. */
  isListed({ images }: RepositoryModel, name: string): boolean {
    return manifests.some((manifest) => images.has(manifest.name) && manifest.children.includes(name))
  }

  deleteImage(repository: RepositoryModel, name: string): void {
    repository.images.delete(name)
    for (const [tag, holder] of repository.tags) if (holder === name) repository.tags.delete(tag)
    const { blobs } = manifests.find((manifest) => manifest.name === name) ?? { blobs: [] }
    for (const text of blobs) repository.links.set(text, this.now)
  }

  collect(): void {
    const before = this.now - grace
    for (const repository of this.repositories.values()) {
      for (const [text, neededAt] of repository.links) {
        if (neededAt < before && !this.isNeeded(repository, text)) repository.links.delete(text)
      }
    }
    for (const [text, neededAt] of this.bytes) {
      const linked = [...this.repositories.values()].some(({ links }) => links.has(text))
      if (neededAt < before && !linked) this.bytes.delete(text)
    }
    for (const [id, { repository, startedAt, writtenAt }] of this.uploads) {
      const isKnown = [...this.repositories.values()].includes(repository)
      const expired = Math.max(startedAt, writtenAt) < this.now - uploadExpiry
      if (isKnown ? expired : writtenAt < before) this.uploads.delete(id)
    }
  }
}
