import { type ImageIdentifier, paginateListImages, RepositoryNotFoundException } from '@aws-sdk/client-ecr'
import { pullImage } from '../../support/pull-image.ts'
import type { SeededRandom } from '../../support/seeded-random.ts'
import type { Doors } from '../planned-push.ts'
import { foundNobody, isBrokenConnection } from './answer.ts'
import { type Change, nextChange } from './change.ts'
import { listingOf, type RepositoryState } from './repository-state.ts'

/** The server shows something that its answers don't allow. */
export class BrokenPromiseError extends Error {
  override readonly name = 'BrokenPromiseError'
}

/** A change by its name, and why it was not acknowledged. */
export interface Attempt {
  readonly name: string
  readonly failure?: unknown
}

/** What a client found when it looked at its repository. */
export interface Finding {
  readonly imagesPulled: number
  /** Whether the change that was under way at the kill shows. */
  readonly isDone: boolean
}

/** The one client of a repository: it knows what was acknowledged, and what may or may not have happened. */
export class RepositoryClient {
  readonly repository: string
  readonly #random: SeededRandom
  #state: RepositoryState
  /** What was under way when the server died: it has happened or not. */
  #interrupted: Change | undefined

  constructor(repository: string, random: SeededRandom) {
    this.repository = repository
    this.#random = random
  }

  get state(): RepositoryState {
    return this.#state
  }

  /** Tries to change the repository once. What was refused has changed nothing, nor has one whose last request was never sent. */
  async change(doors: Doors): Promise<Attempt> {
    const change = nextChange(this.#random, this.repository, this.#state)
    const { name } = change
    try {
      await change.perform(doors)
    } catch (failure) {
      if (isBrokenConnection(failure) && !foundNobody(failure)) this.#interrupted = change
      return { name, failure }
    }
    this.#state = change.after
    return { name }
  }

  /**
   * Looks whether all that was acknowledged is there and whole, and nothing else is listed but what was under way.
   * @throws BrokenPromiseError, what pullImage throws
   */
  async verify({ registry, ecr }: Doors): Promise<Finding> {
    const listed = await list(ecr, this.repository)
    const isAsBefore = isSame(listingOf(this.#state), listed)
    const isDone =
      !isAsBefore && this.#interrupted !== undefined && isSame(listingOf(this.#interrupted.after), listed)
    if (!isAsBefore && !isDone) throw new BrokenPromiseError(this.#compare(listed))
    if (isDone) this.#state = this.#interrupted?.after
    this.#interrupted = undefined
    const references = (listed ?? []).map((line) => line.split(' ')[0] ?? '')
    await Promise.all(references.map((reference) => pullImage(registry, this.repository, reference)))
    return { imagesPulled: references.length, isDone }
  }

  #compare(listed: readonly string[] | undefined): string {
    const said = { repository: this.repository, listed, acknowledged: listingOf(this.#state) }
    const underWay = this.#interrupted && { [this.#interrupted.name]: listingOf(this.#interrupted.after) }
    return JSON.stringify({ ...said, underWay }, undefined, 2)
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
