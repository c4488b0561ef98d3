import type {
  BatchCheckLayerAvailabilityRequest,
  BatchCheckLayerAvailabilityResponse,
  Layer,
  LayerFailure,
} from '@aws-sdk/client-ecr'
import { isDigest } from '../../core/names/digest.ts'
import { findRepository } from '../../registry/find-repository.ts'
import { relyOnBlobs } from '../../registry/rely-on-blobs.ts'
import type { EcrAction } from './ecr-action.ts'
import { onRepository } from './permissions.ts'
import { requestedRepository } from './requested-repository.ts'

const digestPattern = /^[a-zA-Z0-9\-_+.]+:[a-fA-F0-9]+$/

/**
 * Tells which layers a repository has already; those stay for the push that follows. A digest that is none at all is a row of `failures`; one it doesn't have is
 * UNAVAILABLE, and one that archived images alone need ARCHIVED: a push sends both.
 *
 * @see Amazon ECR API reference, BatchCheckLayerAvailability
 */
export const batchCheckLayerAvailability: EcrAction<
  BatchCheckLayerAvailabilityRequest,
  BatchCheckLayerAvailabilityResponse
> = {
  operation: 'BatchCheckLayerAvailability',
  permissions: onRepository('ecr:BatchCheckLayerAvailability'),
  async run(input, call, { registry }) {
    const { id } = await findRepository(registry, requestedRepository(input, call))
    const blobs = await relyOnBlobs(registry, id, input.layerDigests.filter(isDigest))
    const sizes = new Map<string, number>(blobs.map(({ digest, size }) => [digest, size]))
    const lacking = input.layerDigests.filter(isDigest).filter((digest) => !sizes.has(digest))
    const archived = new Set<string>(await registry.metadata.blobLinks.archived(id, lacking))
    const failures = input.layerDigests.flatMap(layerFailure)
    const wellFormed = input.layerDigests.filter((digest) => digestPattern.test(digest))
    return { layers: wellFormed.map((digest) => layer(digest, sizes.get(digest), archived)), failures }
  },
}

function layer(layerDigest: string, layerSize: number | undefined, archived: ReadonlySet<string>): Layer {
  if (archived.has(layerDigest)) return { layerDigest, layerAvailability: 'ARCHIVED' }
  if (layerSize === undefined) return { layerDigest, layerAvailability: 'UNAVAILABLE' }
  return { layerDigest, layerAvailability: 'AVAILABLE', layerSize }
}

function layerFailure(layerDigest: string): LayerFailure[] {
  if (digestPattern.test(layerDigest)) return []
  if (layerDigest === '') {
    return [{ layerDigest, failureCode: 'MissingLayerDigest', failureReason: 'Layer digest is missing' }]
  }
  return [{ layerDigest, failureCode: 'InvalidLayerDigest', failureReason: 'Invalid layer digest' }]
}
