import { ECRClient } from '@aws-sdk/client-ecr'
import { basic, fetchPassword } from '../../support/registry-login.ts'
import { SeededRandom } from '../../support/seeded-random.ts'
import type { Tmpfs } from '../../support/tmpfs.ts'
import type { Doors } from '../planned-push.ts'
import type { ForgetfulDisk } from '../power/forgetful-disk.ts'
import { expectNoOrphans } from './bytes-on-disk.ts'
import { type CrashTally, emptyTally } from './crash-tally.ts'
import { rootKey } from './fault.ts'
import { FaultyProcess } from './faulty-process.ts'
import { type FillableDisk, fullForSqlite } from './fillable-disk.ts'
import { live } from './life.ts'
import { planLife } from './life-plan.ts'
import { RepositoryClient } from './repository-client.ts'

const repositories = ['alpha', 'beta/nested', 'gamma', 'delta', 'epsilon'] as const
/** After so many kills all garbage is removed, and the files are counted. */
const collectEvery = 25

export interface CrashRunOptions {
  readonly kills: number
  readonly seed: string
  readonly dataDir: string
  readonly compileCache: string
  /** `sqlite`, or a URL. */
  readonly database: string
  /** What the data folder lies on, where that can be filled. */
  readonly disk?: Tmpfs | undefined
  /** What the database lies on, where that can forget. */
  readonly power?: ForgetfulDisk | undefined
  readonly tell?: (tally: CrashTally) => void
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
  readonly #disk: FillableDisk | undefined
  #authorization = ''

  constructor(options: CrashRunOptions) {
    this.#options = options
    this.#random = new SeededRandom(options.seed)
    this.#clients = repositories.map(
      (name) => new RepositoryClient(name, new SeededRandom(`${options.seed} ${name}`)),
    )
    this.#tally = emptyTally(options.seed)
    const { disk, database, dataDir } = options
    this.#disk = disk && database === 'sqlite' ? fullForSqlite(disk, dataDir) : disk
  }

  async run(): Promise<CrashTally> {
    let next = this.#newProcess()
    try {
      while (this.#tally.kills < this.#options.kills) {
        await using server = next
        const doors = await this.#open(server)
        await this.#verify(server, doors)
        next = this.#newProcess()
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

  #newProcess(): FaultyProcess {
    return new FaultyProcess(this.#options.compileCache, this.#options.power)
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

  async #live(server: FaultyProcess, doors: Doors): Promise<void> {
    const [disk, { power }] = [this.#disk, this.#options]
    const powers = { canBeFilled: disk !== undefined, canForget: power !== undefined }
    const plan = planLife(this.#random, this.#tally.kills, powers)
    await live({ plan, server, doors, disk, power, clients: this.#clients, tally: this.#tally })
    doors.ecr.destroy()
  }

  async #verify(server: FaultyProcess, doors: Doors): Promise<void> {
    const findings = await Promise.all(this.#clients.map((client) => client.verify(doors)))
    for (const { imagesPulled, isDone } of findings) {
      this.#tally.imagesPulled += imagesPulled
      if (isDone) this.#tally.cutOff.done += 1
    }
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
}
