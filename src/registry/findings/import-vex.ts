import { InvalidParameterError } from '../../core/errors.ts'
import type { RegistryKey } from '../../core/names/registry-key.ts'
import type { RepositoryName } from '../../core/names/repository-name.ts'
import {
  InvalidVexError,
  type PassedOverStatement,
  readOpenVex,
} from '../../core/scanning/vex/read-openvex.ts'
import type { Registry } from '../registry.ts'
import { putAcceptances } from './put-acceptances.ts'

export interface VexImport {
  /** What the document is about, where its products don't say it in ways known here. */
  readonly repository?: RepositoryName | undefined
  readonly expiresAt?: Date | undefined
  /** The ARN of who imports it. */
  readonly by: string
}

export interface VexTally {
  readonly accepted: number
  readonly passedOver: readonly PassedOverStatement[]
}

/**
 * Accepts what an OpenVEX document says need not be mended.
 *
 * @param text JSON
 * @throws InvalidParameterError at `document`, LimitExceededError
 */
export async function importVex(
  registry: Registry,
  key: RegistryKey,
  text: string,
  { repository, expiresAt, by }: VexImport,
): Promise<VexTally> {
  const reading = { registry: key, repository, expiresAt, by, at: registry.now() }
  const { acceptances, passedOver } = read(text, reading)
  if (acceptances.length > 0) await putAcceptances(registry, key, acceptances)
  return { accepted: acceptances.length, passedOver }
}

function read(text: string, reading: Parameters<typeof readOpenVex>[1]) {
  try {
    return readOpenVex(JSON.parse(text), reading)
  } catch (error) {
    if (error instanceof InvalidVexError || error instanceof SyntaxError)
      throw new InvalidParameterError('document', error.message, { cause: error })
    throw error
  }
}
