import { InvalidParameterError } from '../errors.ts'
import type { RegistryKey } from '../names/registry-key.ts'
import { isRepositoryName } from '../names/repository-name.ts'
import type { RobotAction } from './robot-actions.ts'

/** What a robot may do at the most. */
export interface RobotScope {
  /** It knows no other registry. */
  readonly registry: RegistryKey
  readonly actions: readonly RobotAction[]
  /** Names of repositories, and beginnings of names with a `*` behind. */
  readonly repositories: readonly string[]
}

/** Who made a robot: an account's root, a user or a role, as IAM names them, whichever key it was. */
export interface RobotMaker {
  readonly arn: string
  readonly userId: string
  readonly role?: { readonly arn: string; readonly id: string }
}

/** A login for a machine, which can do what its scope says as long as its maker may. */
export interface Robot {
  readonly id: string
  readonly name: string
  readonly scope: RobotScope
  readonly maker: RobotMaker
  readonly createdAt: Date
  readonly expiresAt: Date | undefined
  /** To the minute. */
  readonly lastUsedAt: Date | undefined
}

const namePattern = /^[a-z0-9](?:[a-z0-9._-]{0,62}[a-z0-9])?$/

/** @throws InvalidParameterError at `robotName` */
export function parseRobotName(text: string): string {
  if (namePattern.test(text)) return text
  throw new InvalidParameterError(
    'robotName',
    'must be 1 to 64 lower-case letters, digits and . _ -, with a letter or a digit at both ends',
  )
}

const mostPattern = 256
const beginning = /^[a-z0-9]?[a-z0-9._/-]*\*$/

/**
 * A repository's name, or the beginning of names with a `*` behind, which stands for anything and nothing.
 *
 * @throws InvalidParameterError at `repositories`
 * @example
 * parseRepositoryPattern('team-a/*') // of all that team-a/ begins; not of team-a itself, nor of team-ab/app
 */
export function parseRepositoryPattern(text: string): string {
  if (isRepositoryName(text) || (text.length <= mostPattern && beginning.test(text))) return text
  throw new InvalidParameterError(
    'repositories',
    "each must be a repository's name, or the beginning of names followed by *",
  )
}

/** `arn:aws:berth:<region>:<account>:robot/<name>` */
export function robotArn({ account, region }: RegistryKey, name: string): string {
  return `arn:aws:berth:${region}:${account}:robot/${name}`
}
