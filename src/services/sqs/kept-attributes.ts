import { bindPrincipals } from '../../access/iam/policy-principals.ts'
import { InvalidQueueAttributeError } from '../../core/queues/errors.ts'
import type { QueueAttributes } from '../../core/queues/queue-attributes.ts'
import type { MetadataReader } from '../../stores/metadata/metadata-store.ts'

/** Attributes with the policy's principals as they are kept. @throws InvalidQueueAttributeError for one that doesn't exist */
export async function keptAttributes(
  metadata: Pick<MetadataReader, 'iam'>,
  given: QueueAttributes,
): Promise<QueueAttributes> {
  const { Policy } = given
  if (Policy === undefined) return given
  const refusal = () => new InvalidQueueAttributeError('Policy')
  return { ...given, Policy: await bindPrincipals(metadata, Policy, refusal) }
}
