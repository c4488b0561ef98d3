import { DomainError } from '../errors.ts'
import type { RepositoryFacts } from '../repositories/errors.ts'

export class UploadNotFoundError extends DomainError {
  override readonly name = 'UploadNotFoundError'
  constructor({ account, name }: RepositoryFacts, uploadId: string) {
    super(
      `The upload with id '${uploadId}' does not exist in the repository with name '${name}' in registry with id '${account}'`,
    )
  }
}

export class EmptyUploadError extends DomainError {
  override readonly name = 'EmptyUploadError'
  constructor({ account, name }: RepositoryFacts, uploadId: string) {
    super(
      `The upload with id '${uploadId}' in the repository with name '${name}' in registry with id '${account}' cannot be completed because it does not have any parts`,
    )
  }
}

/** Bytes that do not continue an upload where it stands; `received` is how many bytes it holds. */
export class UploadOutOfOrderError extends DomainError {
  override readonly name = 'UploadOutOfOrderError'
  readonly received: number
  constructor(firstByte: number, received: number) {
    super(
      `The layer part's first byte '${firstByte}' is not consecutive to the last byte received '${received - 1}'`,
    )
    this.received = received
  }
}

/** The bytes that arrived hash to none of the digests the client named. */
export class DigestMismatchError extends DomainError {
  override readonly name = 'DigestMismatchError'
  constructor() {
    super('None of the provided layer digests match the calculated layer digest')
  }
}

export class LayerPartTooSmallError extends DomainError {
  override readonly name = 'LayerPartTooSmallError'
  constructor() {
    super('All layer parts except the last part should be at least 5MB')
  }
}

/** A principal holds too many uploads open. */
export class TooManyUploadsError extends DomainError {
  override readonly name = 'TooManyUploadsError'
  constructor(limit: number) {
    super(
      `The limit of ${limit} unfinished uploads is reached; complete or cancel some of them, or wait until they expire`,
    )
  }
}

/** A client went away in the middle of its body; what arrived is kept and the upload can go on. */
export class BodyCutShortError extends DomainError {
  override readonly name = 'BodyCutShortError'
  constructor(options?: ErrorOptions) {
    super('The request body ended before it was complete', options)
  }
}
