import { day, digestOf } from '../garbage/model.ts'
import { type Manifest, manifestNamed, manifests } from './manifests.ts'

export const repositoryNames = ['team/one', 'team/two'] as const

interface Deletion {
  readonly subject: string
  readonly at: number
}

interface ImageState {
  readonly pushedAt: number
  /** When it was pushed or, if later, came back from the archive: what lifecycle policies go by. */
  readonly since: number
  /** When it went to the archive, if it is there. */
  readonly archivedAt?: number
}

export interface RepositoryState {
  readonly images: Map<string, ImageState>
  readonly tags: Map<string, string>
  /** Deletions of images after which nobody has looked yet for what belonged to them. */
  orphaned: readonly Deletion[]
  /** Images that were deleted, and when last. */
  readonly gone: Map<string, number>
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
    const empty = { images: new Map(), tags: new Map(), gone: new Map(), orphaned: [] }
    this.repositories.set(name, { ...empty, isImmutable: false, keeps: undefined })
  }

  /** What a push does, with a tag or without; `changed` unless all of it was there. */
  push(
    repository: RepositoryState,
    { name, children }: Manifest,
    tag: string | undefined,
    door: 'v2' | 'api',
  ): Outcome {
    const holder = tag === undefined ? name : repository.tags.get(tag)
    const { isImmutable, images, tags } = repository
    if (children.some((child) => !images.has(child))) return 'refused'
    const isHere = isActive(repository, name)
    // What its own tag has in the archive comes back under it: that much is new, at either door.
    const isTaken =
      tag !== undefined && holder !== undefined && (holder !== name || (isHere && door === 'api'))
    if (isImmutable && isTaken) return 'refused'
    if (isHere && holder === name) return 'unchanged'
    if (images.has(name)) this.comeBack(repository, name)
    else images.set(name, { pushedAt: this.now, since: this.now })
    if (tag !== undefined) tags.set(tag, name)
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

  /** Sends an image to the archive, and what belongs to it and has no tag of its own. */
  archive(repository: RepositoryState, name: string): void {
    const followers = referrersOf(name).filter(
      (referrer) => isActive(repository, referrer) && tagsOf(repository, referrer).length === 0,
    )
    for (const each of [name, ...followers]) {
      const image = repository.images.get(each)
      if (image) repository.images.set(each, { ...image, archivedAt: this.now })
    }
  }

  /** Brings an image back with what it lists and what went to the archive with one of those; answers all that came. */
  comeBack(repository: RepositoryState, name: string): string[] {
    const image = repository.images.get(name)
    if (image?.archivedAt === undefined) return []
    const { archivedAt, ...rest } = image
    const children = manifestNamed(name).children.flatMap((child) => this.comeBack(repository, child))
    repository.images.set(name, { ...rest, since: this.now })
    const wentAlong = referrersOf(name).filter(
      (referrer) => repository.images.get(referrer)?.archivedAt === archivedAt,
    )
    return [...children, name, ...wentAlong.flatMap((referrer) => this.comeBack(repository, referrer))]
  }

  /** A lifecycle run: what its count leaves over goes, and then what an index that went has listed. */
  expire(repository: RepositoryState): void {
    if (repository.keeps === undefined) return
    for (;;) {
      const counted = [...repository.images].filter(
        ([name]) =>
          isActive(repository, name) && !isListed(repository, name) && !this.#isWithSubject(repository, name),
      )
      const surplus = counted.toSorted(newestFirst).slice(repository.keeps)
      if (surplus.length === 0) return
      for (const [name] of surplus) this.delete(repository, name)
    }
  }

  delete(repository: RepositoryState, name: string): void {
    repository.images.delete(name)
    repository.gone.set(name, this.now)
    repository.orphaned = [...repository.orphaned, { subject: name, at: this.now }]
    for (const tag of tagsOf(repository, name)) repository.tags.delete(tag)
  }

  /** A day after an image what belongs to it goes, unless the image is back, it came later or it has a tag. */
  deleteOrphans(repository: RepositoryState): void {
    const isDue = ({ at }: Deletion) => at <= this.now - day
    const due = repository.orphaned.filter(isDue)
    repository.orphaned = repository.orphaned.filter((deletion) => !isDue(deletion))
    for (const { subject, at } of due) {
      if (repository.images.has(subject)) continue
      for (const name of referrersOf(subject)) {
        const image = repository.images.get(name)
        if (image && image.pushedAt <= at && tagsOf(repository, name).length === 0)
          this.delete(repository, name)
      }
    }
  }

  /** What belongs to an image is none of a policy's business until a day after the image. */
  #isWithSubject({ images, gone }: RepositoryState, name: string): boolean {
    const { subject } = manifestNamed(name)
    if (subject === undefined) return false
    return images.has(subject) || (gone.get(subject) ?? 0) > this.now - day
  }
}

type Outcome = 'refused' | 'unchanged' | 'changed'

export function isActive({ images }: RepositoryState, name: string): boolean {
  const image = images.get(name)
  return image !== undefined && image.archivedAt === undefined
}

/** Whether an index of the repository lists the image; `active` asks for one that is not archived. */
export function isListed(repository: RepositoryState, name: string, by: 'any' | 'active' = 'any'): boolean {
  const isThere = (index: string) =>
    by === 'any' ? repository.images.has(index) : isActive(repository, index)
  return manifests.some((manifest) => isThere(manifest.name) && manifest.children.includes(name))
}

export function tagsOf({ tags }: RepositoryState, name: string): string[] {
  return [...tags].filter(([, holder]) => holder === name).map(([tag]) => tag)
}

function referrersOf(name: string): string[] {
  return manifests.filter(({ subject }) => subject === name).map((manifest) => manifest.name)
}

type Entry = readonly [name: string, image: ImageState]

function newestFirst([one, { since }]: Entry, [other, { since: otherSince }]: Entry): number {
  const digest = (name: string) => digestOf(manifestNamed(name).text)
  return otherSince - since || (digest(one) < digest(other) ? -1 : 1)
}
