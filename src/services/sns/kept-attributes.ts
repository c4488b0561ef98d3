import { bindPrincipals } from '../../access/iam/policy-principals.ts'
import { InvalidTopicParameterError } from '../../core/topics/errors.ts'
import type { MetadataReader } from '../../stores/metadata/metadata-store.ts'

/**
 * Attributes with the policy's principals as they are kept.
 *
 * @param prefix what stands before the error's text, as for `withAttributes`
 * @throws InvalidTopicParameterError for a principal that doesn't exist
 */
export async function keptAttributes(
  metadata: Pick<MetadataReader, 'iam'>,
  given: Readonly<Record<string, string>>,
  prefix = '',
): Promise<Readonly<Record<string, string>>> {
  const { Policy } = given
  if (Policy === undefined) return given
  const refusal = () => new InvalidTopicParameterError(`${prefix}Policy Error: PrincipalNotFound`)
  return { ...given, Policy: await bindPrincipals(metadata, Policy, refusal) }
}
