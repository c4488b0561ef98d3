import { DomainError } from '../errors.ts'
import type { Digest } from '../names/digest.ts'
import type { RepositoryFacts } from '../repositories/errors.ts'

/** Blobs that a manifest needs and this repository lacks. */
export class LayersNotFoundError extends DomainError {
  override readonly name = 'LayersNotFoundError'
  readonly digests: readonly Digest[]
  constructor({ account, name }: RepositoryFacts, digests: readonly Digest[]) {
    super(
      `Layers with digests '[${digests.join(', ')}]' required for pushing image into repository with name '${name}' in the registry with id '${account}' do not exist`,
    )
    this.digests = digests
  }
}

/** One blob asked for by its digest that this repository lacks. */
export class LayerNotFoundError extends DomainError {
  override readonly name = 'LayerNotFoundError'
  constructor({ account, name }: RepositoryFacts, digest: string) {
    super(
      `The layer with digest '${digest}' does not exist within the repository with name '${name}' in the registry with id '${account}'`,
    )
  }
}

/** The blob is there but no image of the repository that can be pulled refers to it. */
export class LayerInaccessibleError extends DomainError {
  override readonly name = 'LayerInaccessibleError'
  constructor({ account, name }: RepositoryFacts, digest: Digest, images: 'none' | 'archived' = 'none') {
    const reason =
      images === 'none' ? 'is not associated with an image' : 'is associated with archived images only'
    super(
      `The layer with digest '${digest}' in the repository with name '${name}' in the registry with id '${account}' ${reason}`,
    )
  }
}

/** A blob that an image of the repository refers to can't go before the image does. */
export class LayerReferencedByImageError extends DomainError {
  override readonly name = 'LayerReferencedByImageError'
  constructor({ name }: RepositoryFacts, digest: Digest) {
    super(
      `The layer with digest '${digest}' cannot be deleted because an image in the repository with name '${name}' refers to it`,
    )
  }
}

/** Raised by the JSON API alone; on `/v2/` a blob that is already there is a success. */
export class LayerAlreadyExistsError extends DomainError {
  override readonly name = 'LayerAlreadyExistsError'
  constructor({ account, name }: RepositoryFacts, digest: Digest) {
    super(
      `The layer with digest '${digest}' already exists in the repository with name '${name}' in registry with id '${account}'`,
    )
  }
}

/** The repository has the layer, and the disk has lost its bytes or some of them. */
export class LayerDamagedError extends DomainError {
  override readonly name = 'LayerDamagedError'
  constructor({ account, name }: RepositoryFacts, digest: Digest, options: ErrorOptions) {
    super(
      `The bytes of the layer with digest '${digest}' in the repository with name '${name}' in the registry with id '${account}' are damaged on the registry's disk. Pushing an image that has it heals it`,
      options,
    )
  }
}
