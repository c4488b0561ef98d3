import { type DatabasePlace, type EngineClaim, type Standing, standingOf } from '../core/ecs/engine-claim.ts'
import type { MetadataStore } from '../stores/metadata/metadata-store.ts'
import type { DockerClient } from './docker-client.ts'
import type { Owner } from './labels.ts'
import { type MarkedThing, OwnThings } from './own-things.ts'
import { hideClaim, showClaim } from './show-claim.ts'

/** How many things of each kind a mark that this database has no more is on. They are left alone. */
export interface LeftThings extends Readonly<Record<'containers' | 'networks' | 'volumes', number>> {
  readonly mark: string
}

interface Parts {
  readonly docker: DockerClient
  readonly metadata: Pick<MetadataStore, 'engineClaims' | 'place' | 'tasks' | 'write'>
  /** The mark that follows from the keys of the data folder. */
  readonly formerMark: string
  readonly newId: () => string
  readonly onLeft: (left: LeftThings) => void
  readonly onError: (error: unknown) => void
}

/**
 * The mark by which this Berth knows its own on an engine: one that no other has, though its database may be a copy of another's. How that
 * is made certain: docs/decisions/a-mark-is-of-one-database.md
 */
export class OwnMark implements AsyncDisposable {
  readonly #parts: Parts
  readonly #stop = new AbortController()
  readonly #told = new Set<string>()
  #settling: Promise<Owner> | undefined
  #answering: Promise<unknown> = Promise.resolve()

  constructor(parts: Parts) {
    this.#parts = parts
  }

  /** Resolves once it is certain. @throws EngineUnreachableError */
  async get(): Promise<Owner> {
    this.#settling ??= this.#settle()
    const settling = this.#settling
    try {
      return await settling
    } catch (error) {
      if (this.#settling === settling) this.#settling = undefined
      throw error
    }
  }

  /** Makes certain of it again: another may have gone on with it while the engine was out of reach. */
  async renew(): Promise<void> {
    this.#settling = undefined
    await this.get()
  }

  /** Tells whoever shows a claim to it on the engine that it is taken. */
  answer(): void {
    this.#answering = this.#answering.then(() => this.#answer()).catch(this.#parts.onError)
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#stop.abort()
    await Promise.allSettled([this.#settling, this.#answering])
  }

  async #settle(): Promise<Owner> {
    const { metadata } = this.#parts
    const [here, claims] = await Promise.all([metadata.place(), metadata.engineClaims.all()])
    const last = claims.at(-1)
    const owner = (await this.#keep(here, last)) ?? (await this.#begin(here, last))
    if (owner === undefined) return this.#settle()
    const marks = new Set(claims.map((claim) => this.#markOf(claim)))
    for (const mark of marks) await this.#tellOfLeft(mark, owner)
    return owner
  }

  /** Goes on with the last claim, unless another Berth may have. */
  async #keep(here: DatabasePlace, last: EngineClaim | undefined): Promise<Owner | undefined> {
    const tasks = await this.#parts.metadata.tasks.remaining()
    const begun = tasks.map(({ createdAt }) => createdAt)
    const standing = standingOf(last, here, begun)
    if (last === undefined || standing === 'new' || standing === 'elsewhere') return undefined
    if (standing !== 'here') return this.#ask(standing, here, last)
    const owner = { mark: this.#markOf(last), claim: last.token }
    const others = await this.#ofOthers(owner.mark)
    return others.every(({ kind }) => kind === 'claim') ? owner : undefined
  }

  /** Shows a new claim to the mark, which holds if nobody answers. What others have made since is taken up at the operator's word alone. */
  async #ask(standing: Standing, here: DatabasePlace, last: EngineClaim): Promise<Owner | undefined> {
    const { docker, newId } = this.#parts
    const owner = { mark: this.#markOf(last), claim: newId() }
    const isRival = ({ kind }: MarkedThing) => kind === 'claim' || standing !== 'summoned'
    // Where it was stays written down until the claim holds.
    await this.#add({ ...last, token: owner.claim })
    const { others } = await showClaim(docker, owner, {
      look: async () => {
        const found = await this.#ofOthers(owner.mark)
        return { others: found, isOver: found.some(isRival) }
      },
      signal: this.#stop.signal,
    })
    if (others.some(isRival)) return undefined
    for (const { claim } of others) await this.#add({ ...last, token: claim })
    await this.#add({ mark: owner.mark, token: owner.claim, place: here })
    return owner
  }

  /** A mark that nobody has had; undefined where another process of this Berth was quicker. */
  async #begin(here: DatabasePlace, last: EngineClaim | undefined): Promise<Owner | undefined> {
    const { metadata, newId } = this.#parts
    const owner = { mark: newId().replaceAll('-', '').slice(0, 12), claim: newId() }
    const claim = { mark: owner.mark, token: owner.claim, place: here }
    const isFirst = await metadata.write(async (tx) => {
      const claims = await tx.engineClaims.all()
      if (claims.at(-1)?.mark !== last?.mark) return false
      // What the original has pulled is its own, too.
      if (last !== undefined) await tx.pulledReferences.deleteAll()
      return tx.engineClaims.add(claim, claims.length)
    })
    return isFirst ? owner : undefined
  }

  async #answer(): Promise<void> {
    const { docker, metadata, newId } = this.#parts
    const { mark } = await this.get()
    const look = async () => {
      const askers = (await this.#ofOthers(mark)).filter(({ kind }) => kind === 'claim')
      return { askers, isOver: askers.length === 0 }
    }
    if ((await look()).isOver) return
    const owner = { mark, claim: newId() }
    await this.#add({ mark, token: owner.claim, place: await metadata.place() })
    // What is made from here on tells of it, too.
    this.#settling = Promise.resolve(owner)
    const { askers } = await showClaim(docker, owner, { look, signal: this.#stop.signal })
    for (const { claim } of askers) await hideClaim(docker, claim)
  }

  async #add(claim: EngineClaim): Promise<void> {
    const { metadata } = this.#parts
    let isAdded = false
    while (!isAdded) {
      const behind = (await metadata.engineClaims.all()).length
      isAdded = await metadata.write((tx) => tx.engineClaims.add(claim, behind))
    }
  }

  /** What is on the engine with a mark, and with a claim that was never this database's. */
  async #ofOthers(mark: string): Promise<readonly MarkedThing[]> {
    const { docker, metadata } = this.#parts
    const found = await new OwnThings(docker, mark).marked()
    const known = new Set((await metadata.engineClaims.all()).map(({ token }) => token))
    return found.filter(({ claim }) => claim !== '' && !known.has(claim))
  }

  /** Once of each mark. */
  async #tellOfLeft(mark: string, own: Owner): Promise<void> {
    if (mark === own.mark || this.#told.has(mark)) return
    const found = await new OwnThings(this.#parts.docker, mark).marked()
    const count = (kind: MarkedThing['kind']) => found.filter((one) => one.kind === kind).length
    const left = { containers: count('container'), networks: count('network'), volumes: count('volume') }
    if (left.containers + left.networks + left.volumes === 0) return
    this.#told.add(mark)
    this.#parts.onLeft({ mark, ...left })
  }

  #markOf({ mark }: EngineClaim): string {
    return mark ?? this.#parts.formerMark
  }
}
