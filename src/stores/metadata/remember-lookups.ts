import type { MetadataStore } from './metadata-store.ts'

/** Answers kept of each look-up; when there are more, all are forgotten and looked up anew. */
const mostAnswers = 10_000

/**
 * The same store, which remembers from one write to the next where tags point and which blobs a repository has: pulls ask nothing
 * else, and asking costs more than all the rest that is done for a manifest. Any write at all forgets everything, before whoever
 * writes hears that it is done, so nobody is told what was so before something they know of.
 *
 * Only for a store that nobody else writes to: no other process, and nobody past the returned store.
 */
export function rememberLookups(store: MetadataStore): MetadataStore {
  const tags = new Answers(store.tags.find)
  const links = new Answers(store.blobLinks.find)
  return {
    ...store,
    tags: { ...store.tags, find: (repositoryId, tag) => tags.find(repositoryId, tag) },
    blobLinks: { ...store.blobLinks, find: (repositoryId, digest) => links.find(repositoryId, digest) },
    async write(work) {
      try {
        return await store.write(work)
      } finally {
        tags.forget()
        links.forget()
      }
    },
    [Symbol.asyncDispose]: () => store[Symbol.asyncDispose](),
  }
}

/** What was found in repositories under some name since the last write. What isn't there is asked for each time. */
class Answers<Name extends string, Answer> {
  readonly #look: (repositoryId: number, name: Name) => Promise<Answer | undefined>
  readonly #known = new Map<string, Answer>()
  #writes = 0

  constructor(look: (repositoryId: number, name: Name) => Promise<Answer | undefined>) {
    this.#look = look
  }

  async find(repositoryId: number, name: Name): Promise<Answer | undefined> {
    const key = `${repositoryId}/${name}`
    return this.#known.get(key) ?? this.#lookUp(key, repositoryId, name)
  }

  forget(): void {
    this.#writes++
    this.#known.clear()
  }

  /** What a write ended in the middle of is not kept: it may be from before. */
  async #lookUp(key: string, repositoryId: number, name: Name): Promise<Answer | undefined> {
    const writes = this.#writes
    const answer = await this.#look(repositoryId, name)
    if (answer === undefined || writes !== this.#writes) return answer
    if (this.#known.size >= mostAnswers) this.#known.clear()
    this.#known.set(key, answer)
    return answer
  }
}
