import { setTimeout as delay } from 'node:timers/promises'
import type { Doors } from '../planned-push.ts'
import type { ForgetfulDisk } from '../power/forgetful-disk.ts'
import { foundNobody, isBrokenConnection, isServersFault, isStorageFull } from './answer.ts'
import { type CrashTally, countOne } from './crash-tally.ts'
import type { FaultyProcess } from './faulty-process.ts'
import type { FillableDisk } from './fillable-disk.ts'
import type { LifePlan } from './life-plan.ts'
import { type Attempt, BrokenPromiseError, type RepositoryClient } from './repository-client.ts'

export interface LifeOptions {
  readonly plan: LifePlan
  readonly server: FaultyProcess
  readonly doors: Doors
  readonly clients: readonly RepositoryClient[]
  /** What the data folder lies on, where that can be filled. */
  readonly disk: FillableDisk | undefined
  /** What the database lies on, where that can forget. */
  readonly power: ForgetfulDisk | undefined
  readonly tally: CrashTally
}

/** Lets clients work until the server dies of its fault, or is killed. @throws BrokenPromiseError */
export async function live(options: LifeOptions): Promise<void> {
  await new Life(options).live()
}

class Life {
  readonly #options: LifeOptions
  #changes = 0
  #space: 'enough' | 'none' | 'enough again' = 'enough'
  #filling: Promise<void> | undefined
  #refusals = 0
  #killing: Promise<void> | undefined

  constructor(options: LifeOptions) {
    this.#options = options
  }

  async live(): Promise<void> {
    const { server, plan, clients, disk, power } = this.#options
    if (plan.lostSync) await power?.failSync('metadata.db-wal', plan.lostSync)
    server.tell({ kind: 'arm', fault: plan.fault, collects: plan.collects })
    await Promise.all(clients.map((client) => this.#work(client)))
    const diedOfItsFault = this.#killing === undefined
    await server.kill()
    await this.#killing
    await disk?.makeRoom()
    await this.#endPower()
    if (server.hasFailed) throw new BrokenPromiseError(`The server ended of itself:\n${server.output}`)
    this.#count(diedOfItsFault)
  }

  async #work(client: RepositoryClient): Promise<void> {
    do {
      if (this.#changes >= this.#options.plan.changes) this.#killing ??= this.#kill()
      if (this.#changes >= (this.#options.plan.fullDisk?.afterChanges ?? Number.POSITIVE_INFINITY))
        await this.#fillDisk()
      this.#changes += 1
    } while (await this.#change(client))
  }

  async #kill(): Promise<void> {
    await delay(this.#options.plan.milliseconds)
    await this.#options.server.kill()
  }

  /** Every client waits for it, so that it is full before anything else happens. */
  async #fillDisk(): Promise<void> {
    const { plan, disk, tally } = this.#options
    if (this.#space === 'enough') {
      this.#space = 'none'
      this.#filling = disk?.fillUp(plan.fullDisk?.free)
      tally.fullDisks.filled += 1
    }
    await this.#filling
  }

  /** False when the server doesn't answer any more. */
  async #change(client: RepositoryClient): Promise<boolean> {
    const { doors, tally } = this.#options
    const hadRoom = this.#space === 'enough again'
    const { name, failure } = await client.change(doors)
    if (failure === undefined) {
      countOne(tally.acknowledged, name)
      return true
    }
    if (isBrokenConnection(failure)) {
      if (foundNobody(failure)) tally.unheard += 1
      else tally.cutOff.all += 1
      return await this.#expectDead(failure)
    }
    await this.#acceptRefusal({ name, failure }, hadRoom)
    return await this.#verify(client)
  }

  /** A server may refuse what its disk can't take. */
  async #acceptRefusal({ name, failure }: Attempt, hadRoom: boolean): Promise<void> {
    const { plan, tally } = this.#options
    const isFull = this.#space !== 'enough' && !hadRoom && isStorageFull(failure)
    const isBroken = plan.fault?.kind === 'fail' && isServersFault(failure)
    if (!isFull && !isBroken) throw new BrokenPromiseError(`${name} was refused`, { cause: failure })
    countOne(tally.refused[isFull ? 'full' : 'broken'], name)
    if (isFull) await this.#returnSpace()
  }

  /** Nothing of what was refused may show. False when the server dies meanwhile. */
  async #verify(client: RepositoryClient): Promise<boolean> {
    const { doors, tally } = this.#options
    try {
      const { imagesPulled } = await client.verify(doors)
      tally.imagesPulled += imagesPulled
      return true
    } catch (error) {
      if (isBrokenConnection(error)) return await this.#expectDead(error)
      throw error
    }
  }

  async #returnSpace(): Promise<void> {
    this.#refusals += 1
    if (this.#refusals !== this.#options.plan.fullDisk?.refusals) return
    await this.#filling
    await this.#options.disk?.makeRoom()
    this.#space = 'enough again'
    this.#options.tally.fullDisks.emptied += 1
  }

  /** A server may break a connection by its death, and by nothing else. */
  async #expectDead(error: unknown): Promise<false> {
    const answer = await fetch(new URL('/healthz', this.#options.doors.registry.url)).catch(() => undefined)
    if (answer) throw new BrokenPromiseError('The server broke a connection, and lives', { cause: error })
    return false
  }

  /** What filled the disk wrote to the database itself, past what remembers its pages. */
  async #endPower(): Promise<void> {
    const { plan, power, tally } = this.#options
    await power?.keepOn()
    if (plan.fullDisk) return await power?.adopt()
    if (!plan.cutsPower) return
    await power?.cutPower()
    tally.powerCuts += 1
  }

  #count(diedOfItsFault: boolean): void {
    const { plan, server, tally } = this.#options
    tally.kills += 1
    countOne(tally.killsAt, diedOfItsFault ? nameOf(plan) : 'at a random instant')
    for (const deed of server.failedDeeds) countOne(tally.failuresOf, deed)
  }
}

/** Where a server was that died of what was planned for it. */
function nameOf({ fault, lostSync }: LifePlan): string {
  if (lostSync !== undefined) return 'by itself, at a failed sync of the database'
  return fault?.kind === 'kill' ? `${fault.when} ${fault.deed}` : 'at a random instant'
}
