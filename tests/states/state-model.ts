import { type Manifest, manifests } from '../garbage/model.ts'

export const repositoryNames = ['team/one', 'team/two'] as const

interface ImageState {
  /** When it was pushed or, if later, came back from the archive: what lifecycle policies go by. */
  readonly since: number
  readonly isArchived: boolean
}

export interface RepositoryState {
  readonly images: Map<string, ImageState>
  readonly tags: Map<string, string>
  isImmutable: boolean
  /** How many images the lifecycle policy leaves, if there is one. */
  keeps: number | undefined
}

/** What must be in the other region, beside whatever else is there: nothing is ever deleted from it. */
interface Replica {
  readonly images: Set<string>
  readonly tags: Map<string, string>
}

/** A registry and its replica as one would explain them at a table. */
export class StateModel {
  now: number
  replicates = false
  readonly repositories = new Map<string, RepositoryState>()
  readonly replicas = new Map<string, Replica>()

  constructor(now: number) {
    this.now = now
  }

  create(name: string): void {
    this.repositories.set(name, { images: new Map(), tags: new Map(), isImmutable: false, keeps: undefined })
  }

  /** What a push does; `changed` unless all of it was there. */
  push(repository: RepositoryState, { name, children }: Manifest, tag: string, door: 'v2' | 'api'): Outcome {
    const holder = repository.tags.get(tag)
    if (children.some((child) => !repository.images.has(child))) return 'refused'
    if (repository.isImmutable && holder !== undefined && (holder !== name || door === 'api'))
      return 'refused'
    const image = repository.images.get(name)
    const isHere = image !== undefined && !image.isArchived
    if (isHere && holder === name) return 'unchanged'
    if (!isHere) repository.images.set(name, { since: this.now, isArchived: false })
    repository.tags.set(tag, name)
    return 'changed'
  }

  /** What arrives in the other region with a push or a restoration. */
  replicate(repositoryName: string, { name, children }: Manifest, tags: readonly string[]): void {
    if (!this.replicates) return
    const replica = this.replicas.get(repositoryName) ?? { images: new Set(), tags: new Map() }
    this.replicas.set(repositoryName, replica)
    for (const each of [name, ...children]) replica.images.add(each)
    for (const tag of tags) replica.tags.set(tag, name)
  }

  /** A lifecycle run: what its count leaves over goes, and then what an index that went has listed. */
  expire(repository: RepositoryState): void {
    if (repository.keeps === undefined) return
    for (;;) {
      const counted = [...repository.images].filter(
        ([name, { isArchived }]) => !isArchived && !isListed(repository, name),
      )
      const surplus = counted.toSorted(([, a], [, b]) => b.since - a.since).slice(repository.keeps)
      if (surplus.length === 0) return
      for (const [name] of surplus) deleteImage(repository, name)
    }
  }
}

type Outcome = 'refused' | 'unchanged' | 'changed'

/** Whether an index of the repository lists the image. */
export function isListed({ images }: RepositoryState, name: string): boolean {
  return manifests.some((manifest) => images.has(manifest.name) && manifest.children.includes(name))
}

export function tagsOf({ tags }: RepositoryState, name: string): string[] {
  return [...tags].filter(([, holder]) => holder === name).map(([tag]) => tag)
}

export function deleteImage(repository: RepositoryState, name: string): void {
  repository.images.delete(name)
  for (const tag of tagsOf(repository, name)) repository.tags.delete(tag)
}
