import { imageEvidence } from './evidence/images.ts'
import { layerEvidence } from './evidence/layers.ts'
import { lifecycleEvidence } from './evidence/lifecycle.ts'
import { policyEvidence } from './evidence/policies.ts'
import { pullThroughEvidence } from './evidence/pull-through.ts'
import { pullTimeEvidence } from './evidence/pull-times.ts'
import { registryEvidence } from './evidence/registry.ts'
import { repositoryEvidence } from './evidence/repositories.ts'
import { scanningEvidence } from './evidence/scanning.ts'
import { signingEvidence } from './evidence/signing.ts'
import { templateEvidence } from './evidence/templates.ts'
import type { EvidenceByOperation } from './evidence.ts'

/** What shows how deep each operation of ECR goes. */
export const ecrEvidence: EvidenceByOperation = {
  ...registryEvidence,
  ...repositoryEvidence,
  ...imageEvidence,
  ...layerEvidence,
  ...policyEvidence,
  ...lifecycleEvidence,
  ...scanningEvidence,
  ...pullThroughEvidence,
  ...templateEvidence,
  ...signingEvidence,
  ...pullTimeEvidence,
}
