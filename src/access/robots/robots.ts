import { InvalidParameterError, LimitExceededError } from '../../core/errors.ts'
import { makeUniqueId } from '../../core/iam/make-unique-id.ts'
import type { RegistryKey } from '../../core/names/registry-key.ts'
import { AccessDeniedError } from '../../core/policies/errors.ts'
import type { Robot, RobotMaker, RobotScope } from '../../core/robots/robot.ts'
import { RobotAlreadyExistsError, RobotNotFoundError } from '../../core/robots/robot-errors.ts'
import { formatRobotPassword } from '../../core/robots/robot-password.ts'
import type { MetadataStore } from '../../stores/metadata/metadata-store.ts'
import type { Principal } from '../principal.ts'
import type { RobotLogins } from './robot-logins.ts'
import { hashSecret } from './secret-hash.ts'

const idPrefix = 'BRTA'
const secretBytes = 32
const mostRobots = 1_000

export interface RobotsOptions {
  readonly metadata: MetadataStore
  readonly logins: RobotLogins
  readonly now: () => Date
  readonly randomBytes: (size: number) => Uint8Array
}

/** What a robot shall be. */
export interface WantedRobot {
  readonly name: string
  readonly scope: RobotScope
  readonly expiresAt: Date | undefined
}

/** Logins for machines. Each password is shown once. */
export class Robots {
  readonly #options: RobotsOptions

  constructor(options: RobotsOptions) {
    this.#options = options
  }

  /**
   * Makes a robot, which can do what its maker may, for as long as they may, and no more than its scope says.
   *
   * @throws InvalidParameterError for an end that has passed, RobotAlreadyExistsError, LimitExceededError
   * @throws AccessDeniedError for a session that has policies of its own, since those end with it
   */
  async create(
    wanted: WantedRobot,
    caller: Principal,
  ): Promise<{ readonly robot: Robot; readonly password: string }> {
    const { metadata, now, randomBytes } = this.#options
    await this.#refuseLimitedSession(caller)
    const createdAt = now()
    checkEnd(wanted.expiresAt, createdAt)
    const id = makeUniqueId(idPrefix, randomBytes)
    const secret = Buffer.from(randomBytes(secretBytes)).toString('base64url')
    const robot = { ...wanted, id, maker: makerOf(caller), createdAt, lastUsedAt: undefined }
    await metadata.write(async (tx) => {
      const { registry } = wanted.scope
      if ((await tx.robots.list(registry, { limit: mostRobots })).length >= mostRobots)
        throw new LimitExceededError(`A registry can have up to ${mostRobots} robots`)
      if (!(await tx.robots.add({ ...robot, secretHash: hashSecret(secret) })))
        throw new RobotAlreadyExistsError(wanted.name)
    })
    return { robot, password: formatRobotPassword({ id, secret }) }
  }

  /** Its password is good for nothing from now on; in other processes on the same database, two seconds later. @throws RobotNotFoundError */
  async revoke(registry: RegistryKey, name: string): Promise<void> {
    const { metadata, logins } = this.#options
    const { id } = await metadata.write(async (tx) => {
      const robot = await tx.robots.findByName(registry, name)
      if (robot === undefined) throw new RobotNotFoundError(name)
      await tx.robots.delete(robot.id)
      return robot
    })
    logins.forget(id)
  }

  async #refuseLimitedSession({ keyId, federatedBy }: Principal): Promise<void> {
    const credential = keyId === undefined ? undefined : await this.#options.metadata.iam.credential(keyId)
    const isLimited = federatedBy !== undefined || (credential?.session?.policies.length ?? 0) > 0
    if (!isLimited) return
    throw new AccessDeniedError(
      'A session that has session policies, or is a federated user, can make no robots: they would outlive it',
    )
  }
}

function checkEnd(expiresAt: Date | undefined, now: Date): void {
  if (expiresAt === undefined || expiresAt > now) return
  throw new InvalidParameterError('expiresAt', 'must be in the future')
}

/** The key it was made with may go: the robot belongs to whom the key belonged to. */
function makerOf({ arn, userId, role }: Principal): RobotMaker {
  return { arn, userId, ...(role && { role }) }
}
