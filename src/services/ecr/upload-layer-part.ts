import type { UploadLayerPartRequest, UploadLayerPartResponse } from '@aws-sdk/client-ecr'
import { UploadOutOfOrderError } from '../../core/images/upload-errors.ts'
import type { RepositoryKey } from '../../core/names/registry-key.ts'
import type { Registry } from '../../registry/registry.ts'
import { uploadPart } from '../../registry/upload-part.ts'
import { uploadSize } from '../../registry/upload-size.ts'
import type { Checked } from '../checked.ts'
import type { EcrAction } from './ecr-action.ts'
import { InvalidLayerPartError } from './invalid-layer-part.ts'
import { onRepository } from './permissions.ts'
import { requestedRepository } from './requested-repository.ts'

type Input = Checked<UploadLayerPartRequest>

/**
 * Takes the next part of a layer. Parts come in order, without gaps.
 *
 * @see Amazon ECR API reference, UploadLayerPart
 */
export const uploadLayerPart: EcrAction<UploadLayerPartRequest, UploadLayerPartResponse> = {
  operation: 'UploadLayerPart',
  permissions: onRepository('ecr:UploadLayerPart'),
  async run(input, call, { registry }) {
    const repository = requestedRepository(input, call)
    const { uploadId } = input
    await refuseWrongSize(registry, repository, input)
    const lastByteReceived = await uploadInOrder(registry, repository, input)
    return { registryId: repository.account, repositoryName: repository.name, uploadId, lastByteReceived }
  },
}

/** @throws InvalidLayerPartError unless the part has as many bytes as the request says */
async function refuseWrongSize(registry: Registry, repository: RepositoryKey, input: Input): Promise<void> {
  const { uploadId, partFirstByte, partLastByte, layerPartBlob } = input
  if (partLastByte - partFirstByte + 1 === layerPartBlob.byteLength) return
  const received = await uploadSize(registry, repository, uploadId)
  throw new InvalidLayerPartError(
    `The layer part's size '${layerPartBlob.byteLength}' is not that of the bytes '${partFirstByte}' to '${partLastByte}'`,
    { repository, uploadId, received },
  )
}

/** @throws InvalidLayerPartError unless the part starts where the last one ended */
async function uploadInOrder(registry: Registry, repository: RepositoryKey, input: Input): Promise<number> {
  const { uploadId, partFirstByte: firstByte, layerPartBlob: bytes } = input
  try {
    return await uploadPart(registry, { repository, uploadId, firstByte, bytes })
  } catch (cause) {
    if (!(cause instanceof UploadOutOfOrderError)) throw cause
    const { message, received } = cause
    throw new InvalidLayerPartError(message, { repository, uploadId, received }, { cause })
  }
}
