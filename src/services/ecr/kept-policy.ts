import { bindPrincipals } from '../../access/iam/policy-principals.ts'
import { InvalidParameterError } from '../../core/errors.ts'
import type { Registry } from '../../registry/registry.ts'

/** The text of a policy with its principals as they are kept. @throws InvalidParameterError at `PolicyText` for one that doesn't exist */
export function keptPolicy({ metadata }: Registry, text: string): Promise<string> {
  return bindPrincipals(metadata, text, () => new InvalidParameterError('PolicyText', 'Principal not found'))
}
