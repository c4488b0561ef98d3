import { isAccountId } from '../names/account-id.ts'
import { isRegion } from '../names/region.ts'
import type { RegistryKey } from '../names/registry-key.ts'
import { EcsClientError, EcsInvalidParameterError } from './errors.ts'
import type { FamilyKey, TaskDefinitionKey } from './task-definition.ts'

/** A family, whose latest active revision is meant, or one revision of it. */
export interface TaskDefinitionReference extends FamilyKey {
  readonly revision?: number
}

/**
 * Reads `family`, `family:revision` or the ARN of either; what isn't an ARN is in `registry`.
 *
 * @throws EcsInvalidParameterError for a revision that is no number
 * @throws EcsClientError for any other text
 */
export function parseTaskDefinition(text: string, registry: RegistryKey): TaskDefinitionReference {
  const { account, region, name } = ownerOf(text, registry)
  const [family = '', revision, ...rest] = name.split(':')
  if (!isFamily(family) || rest.length > 0) throw new EcsClientError('Invalid task definition name.')
  if (revision === undefined) return { account, region, family }
  if (!/^[1-9]\d{0,8}$/.test(revision)) {
    throw new EcsInvalidParameterError(`Invalid revision number. Number: ${revision}`)
  }
  return { account, region, family, revision: Number(revision) }
}

/** Reads a reference that must say which revision. @throws EcsInvalidParameterError, EcsClientError */
export function parseRevision(text: string, registry: RegistryKey): TaskDefinitionKey {
  const { revision, ...family } = parseTaskDefinition(text, registry)
  if (revision === undefined) throw new EcsClientError('Revision is missing.')
  return { ...family, revision }
}

export function isFamily(text: string): boolean {
  return /^[\w-]{1,255}$/.test(text)
}

function ownerOf(text: string, { account, region }: RegistryKey): RegistryKey & { readonly name: string } {
  if (!text.startsWith('arn:')) return { account, region, name: text }
  const match = /^arn:aws:ecs:([^:]*):([^:]*):task-definition\/(.*)$/.exec(text)
  const [, inRegion = '', ofAccount = '', name = ''] = match ?? []
  if (isRegion(inRegion) && isAccountId(ofAccount)) return { account: ofAccount, region: inRegion, name }
  throw new EcsClientError('Invalid task definition ARN.')
}
