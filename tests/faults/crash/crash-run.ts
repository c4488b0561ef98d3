import { setTimeout as delay } from 'node:timers/promises'
import { ECRClient, ECRServiceException } from '@aws-sdk/client-ecr'
import { UploadInterruptedError } from '../../support/push-image.ts'
import { UnexpectedAnswerError } from '../../support/registry-client.ts'
import { basic, fetchPassword } from '../../support/registry-login.ts'
import { SeededRandom } from '../../support/seeded-random.ts'
import type { Doors } from '../planned-push.ts'
import { expectNoOrphans } from './bytes-on-disk.ts'
import { type Deed, deeds, type Fault, rootKey } from './fault.ts'
import { FaultyProcess } from './faulty-process.ts'
import { BrokenPromiseError, RepositoryClient } from './repository-client.ts'

const repositories = ['alpha', 'beta/nested', 'gamma', 'delta', 'epsilon'] as const
/** A server that has not come to its fault by then is killed from outside. */
const changesAtMost = 30
/** After so many kills all garbage is removed, and the files are counted. */
const collectEvery = 25

export interface CrashRunOptions {
  readonly kills: number
  readonly seed: string
  readonly dataDir: string
  readonly compileCache: string
  /** `sqlite`, or a URL. */
  readonly database: string
  readonly tell?: (tally: CrashTally) => void
}

/** What a run has been through. */
export interface CrashTally {
  readonly seed: string
  kills: number
  /** Kills by where the server was: at a random instant, or before or after a deed. */
  readonly killsAt: Record<string, number>
  /** Deeds that the disk refused, by deed. */
  readonly failuresOf: Partial<Record<Deed, number>>
  /** Changes acknowledged, by kind. */
  readonly acknowledged: Record<string, number>
  /** Changes that were under way at a kill, by kind. */
  interrupted: number
  /** Changes that a server on a broken disk refused. */
  refused: number
  imagesPulled: number
  /** How often all garbage was removed and the files were counted. */
  countings: number
}

/**
 * Kills servers on one data folder until there were enough, and looks after each that every acknowledged change is there and whole
 * and nothing else is. @throws BrokenPromiseError, DamagedContentError and what else a client finds wrong
 */
export async function runCrashes(options: CrashRunOptions): Promise<CrashTally> {
  const run = new CrashRun(options)
  return await run.run()
}

class CrashRun {
  readonly #options: CrashRunOptions
  readonly #random: SeededRandom
  readonly #clients: readonly RepositoryClient[]
  readonly #tally: CrashTally
  #authorization = ''

  constructor(options: CrashRunOptions) {
    this.#options = options
    this.#random = new SeededRandom(options.seed)
    this.#clients = repositories.map(
      (name) => new RepositoryClient(name, new SeededRandom(`${options.seed} ${name}`)),
    )
    const counts = { kills: 0, interrupted: 0, refused: 0, imagesPulled: 0, countings: 0 }
    this.#tally = { seed: options.seed, ...counts, killsAt: {}, failuresOf: {}, acknowledged: {} }
  }

  async run(): Promise<CrashTally> {
    let next = new FaultyProcess(this.#options.compileCache)
    try {
      while (this.#tally.kills < this.#options.kills) {
        await using server = next
        const doors = await this.#open(server)
        await this.#verify(server, doors)
        next = new FaultyProcess(this.#options.compileCache)
        await this.#live(server, doors)
        this.#options.tell?.(this.#tally)
      }
      const doors = await this.#open(next)
      await this.#verify(next, doors)
      await this.#collect(next)
      await this.#verify(next, doors)
      return this.#tally
    } finally {
      await next.kill()
    }
  }

  async #open(server: FaultyProcess): Promise<Doors> {
    const { dataDir, database } = this.#options
    const port = await server.open({ dataDir, database, port: 0 })
    const url = `http://127.0.0.1:${port}`
    const ecr = new ECRClient({
      endpoint: url,
      region: 'us-east-1',
      credentials: rootKey,
      maxAttempts: 1,
    })
    this.#authorization ||= basic(await fetchPassword(ecr))
    return { ecr, registry: { url, authorization: this.#authorization } }
  }

  async #verify(server: FaultyProcess, doors: Doors): Promise<void> {
    const pulled = await Promise.all(this.#clients.map((client) => client.verify(doors)))
    this.#tally.imagesPulled += pulled.reduce((sum, count) => sum + count, 0)
    if (this.#tally.kills % collectEvery === collectEvery - 1) await this.#collect(server)
  }

  async #collect(server: FaultyProcess): Promise<void> {
    await server.collect()
    await expectNoOrphans(
      this.#options.dataDir,
      this.#clients.map(({ state }) => state),
    )
    this.#tally.countings += 1
  }

  /** Lets clients work until the server dies of its fault, or is killed. */
  async #live(server: FaultyProcess, doors: Doors): Promise<void> {
    const fault = this.#random.below(4) === 0 ? undefined : anyFault(this.#random)
    const changes = fault ? changesAtMost : this.#random.below(20)
    const milliseconds = this.#random.below(40)
    server.tell({ kind: 'arm', fault, collects: this.#random.below(2) === 0 })
    let left = changes
    let killing: Promise<void> | undefined
    const kill = () => {
      killing ??= delay(milliseconds).then(() => server.kill())
    }
    const work = async (client: RepositoryClient) => {
      for (;;) {
        if (left <= 0) kill()
        left -= 1
        if (!(await this.#change(client, doors, fault))) return
      }
    }
    await Promise.all(this.#clients.map(work))
    const died = killing === undefined
    await server.kill()
    await killing
    if (server.hasFailed) throw new BrokenPromiseError(`The server ended of itself:\n${server.output}`)
    this.#count(fault, died)
    doors.ecr.destroy()
  }

  /** False when the server doesn't answer any more. */
  async #change(client: RepositoryClient, doors: Doors, fault: Fault | undefined): Promise<boolean> {
    try {
      const { name } = await client.change(doors)
      this.#tally.acknowledged[name] = (this.#tally.acknowledged[name] ?? 0) + 1
      return true
    } catch (error) {
      if (!isAnswer(error)) {
        this.#tally.interrupted += 1
        return false
      }
      if (fault?.kind !== 'fail' || !isServersFault(error))
        throw new BrokenPromiseError('refused', { cause: error })
      this.#tally.refused += 1
      await client.verify(doors)
      return true
    }
  }

  #count(fault: Fault | undefined, died: boolean): void {
    const place = died && fault?.kind === 'kill' ? `${fault.when} ${fault.deed}` : 'at a random instant'
    this.#tally.kills += 1
    this.#tally.killsAt[place] = (this.#tally.killsAt[place] ?? 0) + 1
    if (fault?.kind === 'fail')
      this.#tally.failuresOf[fault.deed] = (this.#tally.failuresOf[fault.deed] ?? 0) + 1
  }
}

function anyFault(random: SeededRandom): Fault {
  if (random.below(6) === 0) {
    return {
      kind: 'fail',
      deed: random.pick(['sync', 'folder sync', 'rename'] as const),
      passage: 1 + random.below(8),
    }
  }
  const [deed, when] = [random.pick(deeds), random.pick(['before', 'after'] as const)]
  return { kind: 'kill', when, deed, passage: 1 + random.below(12) }
}

/** Whether the server said something; a broken connection is no answer. */
function isAnswer(error: unknown): boolean {
  return answerStatus(error) !== undefined
}

function isServersFault(error: unknown): boolean {
  return (answerStatus(error) ?? 0) >= 500
}

function answerStatus(error: unknown): number | undefined {
  if (error instanceof UploadInterruptedError) return answerStatus(error.cause)
  if (error instanceof UnexpectedAnswerError) return error.status
  return error instanceof ECRServiceException ? error.$metadata.httpStatusCode : undefined
}
