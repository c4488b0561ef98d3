import { DomainError } from '../../core/errors.ts'
import type { RepositoryKey } from '../../core/names/registry-key.ts'

/**
 * A layer part that doesn't continue its upload: its size isn't what the request says, or it doesn't start where the last part
 * ended.
 *
 * @see Amazon ECR API reference, UploadLayerPart, InvalidLayerPartException
 */
export class InvalidLayerPartError extends DomainError {
  override readonly name = 'InvalidLayerPartError'
  /** The exception's members beside its message. */
  readonly members: Readonly<Record<string, string | number>>
  constructor(
    message: string,
    upload: { readonly repository: RepositoryKey; readonly uploadId: string; readonly received: number },
    options?: ErrorOptions,
  ) {
    super(message, options)
    this.members = {
      registryId: upload.repository.account,
      repositoryName: upload.repository.name,
      uploadId: upload.uploadId,
      // An upload without a byte has no last one.
      ...(upload.received > 0 && { lastValidByteReceived: upload.received - 1 }),
    }
  }
}
