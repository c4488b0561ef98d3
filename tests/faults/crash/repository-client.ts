import { type ImageIdentifier, paginateListImages, RepositoryNotFoundException } from '@aws-sdk/client-ecr'
import { pullImage } from '../../support/pull-image.ts'
import type { SeededRandom } from '../../support/seeded-random.ts'
import type { Doors } from '../planned-push.ts'
import { type Change, nextChange } from './change.ts'
import { listingOf, type RepositoryState } from './repository-state.ts'

/** The server shows something that its answers don't allow. */
export class BrokenPromiseError extends Error {
  override readonly name = 'BrokenPromiseError'
}

/** The one client of a repository: it knows what was acknowledged, and what may or may not have happened. */
export class RepositoryClient {
  readonly repository: string
  readonly #random: SeededRandom
  #state: RepositoryState
  /** What was under way when the server died. */
  #interrupted: Change | undefined

  constructor(repository: string, random: SeededRandom) {
    this.repository = repository
    this.#random = random
  }

  get state(): RepositoryState {
    return this.#state
  }

  /** Changes the repository once. @throws what the request does, and knows then that the change may have happened */
  async change(doors: Doors): Promise<Change> {
    const change = nextChange(this.#random, this.repository, this.#state)
    this.#interrupted = change
    await change.perform(doors)
    this.#state = change.after
    this.#interrupted = undefined
    return change
  }

  /**
   * Looks whether all that was acknowledged is there and whole, and nothing else is listed but what was under way.
   * Resolves to how many images were pulled. @throws BrokenPromiseError, what pullImage throws
   */
  async verify({ registry, ecr }: Doors): Promise<number> {
    const listed = await list(ecr, this.repository)
    const allowed = this.#interrupted ? [this.#state, this.#interrupted.after] : [this.#state]
    const found = allowed.filter((state) => isSame(listingOf(state), listed))
    if (found.length === 0) {
      const said = { repository: this.repository, listed, acknowledged: listingOf(this.#state) }
      const underWay = this.#interrupted && { [this.#interrupted.name]: listingOf(this.#interrupted.after) }
      throw new BrokenPromiseError(JSON.stringify({ ...said, underWay }, undefined, 2))
    }
    this.#state = found[0]
    this.#interrupted = undefined
    const references = (listed ?? []).map((line) => line.split(' ')[0] ?? '')
    await Promise.all(references.map((reference) => pullImage(registry, this.repository, reference)))
    return references.length
  }
}

async function list(client: Doors['ecr'], repositoryName: string): Promise<string[] | undefined> {
  const listed: ImageIdentifier[] = []
  try {
    for await (const { imageIds = [] } of paginateListImages({ client }, { repositoryName }))
      listed.push(...imageIds)
  } catch (error) {
    if (error instanceof RepositoryNotFoundException) return undefined
    throw error
  }
  return listed
    .map(({ imageTag, imageDigest }) => (imageTag ? `${imageTag} ${imageDigest}` : `${imageDigest}`))
    .toSorted()
}

function isSame(one: readonly string[] | undefined, other: readonly string[] | undefined): boolean {
  return JSON.stringify(one) === JSON.stringify(other)
}
