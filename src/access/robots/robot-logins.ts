import { timingSafeEqual } from 'node:crypto'
import { LRUCache } from 'lru-cache'
import { readRobotPassword } from '../../core/robots/robot-password.ts'
import type { MetadataReader } from '../../stores/metadata/metadata-store.ts'
import type { StoredRobot } from '../../stores/metadata/robots.ts'
import type { TokenReading } from '../registry-tokens.ts'
import type { Uses } from '../uses.ts'
import { robotPrincipal } from './robot-principal.ts'
import { hashSecret } from './secret-hash.ts'

/** Milliseconds that a robot is believed to be there; one that is revoked in another process is dead by then. */
const trust = 2_000
const robotsKept = 10_000

type Reader = Pick<MetadataReader, 'robots'>

/** A robot that was looked up, ready to be compared with. */
interface Known {
  readonly hash: Buffer
  readonly expires: number
  readonly reading: TokenReading
}

/** Tells which robot a password belongs to. */
export class RobotLogins {
  readonly #metadata: Reader
  readonly #uses: Pick<Uses['robotUses'], 'note'>
  readonly #now: () => Date
  readonly #known: LRUCache<string, Known>

  constructor(metadata: Reader, uses: Pick<Uses['robotUses'], 'note'>, now: () => Date) {
    this.#metadata = metadata
    this.#uses = uses
    this.#now = now
    const perf = { now: () => now().getTime() }
    this.#known = new LRUCache({ max: robotsKept, ttl: trust, ttlResolution: 0, perf })
  }

  /** Takes the same time for every wrong secret. */
  async read(password: string): Promise<TokenReading> {
    const parts = readRobotPassword(password)
    if (parts === undefined) return invalid
    const known = this.#known.get(parts.id) ?? (await this.#find(parts.id))
    const given = Buffer.from(hashSecret(parts.secret))
    if (known === undefined || !timingSafeEqual(given, known.hash)) return invalid
    const now = this.#now()
    if (known.expires <= now.getTime()) return { state: 'expired' }
    this.#uses.note(parts.id, { at: now })
    return known.reading
  }

  /** Forgets a robot at once, in this process. */
  forget(id: string): void {
    this.#known.delete(id)
  }

  async #find(id: string): Promise<Known | undefined> {
    const robot = await this.#metadata.robots.find(id)
    const known = robot && toKnown(robot)
    if (known) this.#known.set(id, known)
    return known
  }
}

const invalid: TokenReading = { state: 'invalid' }

function toKnown(robot: StoredRobot): Known {
  return {
    hash: Buffer.from(robot.secretHash),
    expires: robot.expiresAt?.getTime() ?? Number.POSITIVE_INFINITY,
    reading: { state: 'valid', principal: robotPrincipal(robot), registry: robot.scope.registry },
  }
}
