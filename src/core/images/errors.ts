import { DomainError } from '../errors.ts'
import type { Digest } from '../names/digest.ts'
import type { Tag } from '../names/tag.ts'
import type { RepositoryFacts } from '../repositories/errors.ts'

/** Names an image by what was asked; an absent half prints as `'null'`, as on AWS. */
export class ImageNotFoundError extends DomainError {
  override readonly name = 'ImageNotFoundError'
  constructor(
    { account, name }: RepositoryFacts,
    asked: { readonly digest?: string | undefined; readonly tag?: string | undefined },
  ) {
    super(
      `The image with imageId {imageDigest:'${asked.digest ?? 'null'}', imageTag:'${asked.tag ?? 'null'}'} does not exist within the repository with name '${name}' in the registry with id '${account}'`,
    )
  }
}

/** An image that is here and can't be pulled: it is archived, or on its way back from the archive. */
export class ImageInaccessibleError extends DomainError {
  override readonly name = 'ImageInaccessibleError'
  constructor({ name }: RepositoryFacts, digest: Digest, storage: 'ARCHIVED' | 'ACTIVATING') {
    super(
      storage === 'ARCHIVED'
        ? `Requested image is archived: restore the image with digest '${digest}' in the repository with name '${name}' before you pull it`
        : `Requested image is being restored from the archive: try again in a moment`,
    )
  }
}

/** A principal whose pulls are excluded from pull times already. */
export class ExclusionAlreadyExistsError extends DomainError {
  override readonly name = 'ExclusionAlreadyExistsError'
  constructor() {
    super('The specified pull time update exclusion already exists for the registry.')
  }
}

export class ExclusionNotFoundError extends DomainError {
  override readonly name = 'ExclusionNotFoundError'
  constructor() {
    super('The specified pull time update exclusion was not found.')
  }
}

/** A change of storage class that changes nothing or comes at the wrong time. */
export class ImageStorageClassUpdateNotSupportedError extends DomainError {
  override readonly name = 'ImageStorageClassUpdateNotSupportedError'
  constructor(digest: Digest, reason: string) {
    super(
      `The requested image storage class update is not supported. The image with digest '${digest}' ${reason}`,
    )
  }
}

export class ImageAlreadyExistsError extends DomainError {
  override readonly name = 'ImageAlreadyExistsError'
  constructor({ account, name }: RepositoryFacts, digest: Digest, tag: Tag | undefined) {
    super(
      `Image with digest '${digest}' and tag '${tag ?? 'null'}' already exists in the repository with name '${name}' in registry with id '${account}'`,
    )
  }
}

/** A tag that may not move: `reason` is the repository's setting or, with exclusion filters, the tag's own. */
export class ImageTagAlreadyExistsError extends DomainError {
  override readonly name = 'ImageTagAlreadyExistsError'
  constructor({ name }: RepositoryFacts, tag: Tag, immutable: 'repository' | 'tag') {
    super(
      `The image tag '${tag}' already exists in the '${name}' repository and cannot be overwritten because the ${immutable} is immutable.`,
    )
  }
}

export class ImageDigestDoesNotMatchError extends DomainError {
  override readonly name = 'ImageDigestDoesNotMatchError'
  constructor({ account, name }: RepositoryFacts, digest: string) {
    super(
      `The image with digest '${digest}' in repository '${name}' and registry ID '${account}' does not match the image digest that Amazon ECR has calculated.`,
    )
  }
}

/** Manifests that an index lists and this repository lacks. */
export class ReferencedImagesNotFoundError extends DomainError {
  override readonly name = 'ReferencedImagesNotFoundError'
  readonly digests: readonly Digest[]
  constructor({ account, name }: RepositoryFacts, digests: readonly Digest[]) {
    super(
      `Images with digests '[${digests.join(', ')}]' required for pushing image into repository with name '${name}' in the registry with id '${account}' do not exist`,
    )
    this.digests = digests
  }
}

/** An image that an index of the repository lists can't go before the index does. */
export class ImageReferencedByManifestListError extends DomainError {
  override readonly name = 'ImageReferencedByManifestListError'
  constructor(indexes: readonly Digest[]) {
    super(`Requested image referenced by manifest list: [${indexes.join(', ')}]`)
  }
}

export class ImageTagDoesNotMatchDigestError extends DomainError {
  override readonly name = 'ImageTagDoesNotMatchDigestError'
  constructor() {
    super('Requested image tag does not match the requested image digest')
  }
}

/** A reference is not where the one who wants to change it saw it last; nothing was changed. */
export class ReferenceChangedError extends DomainError {
  override readonly name = 'ReferenceChangedError'
  constructor() {
    super('The reference is not what the request expects it to be; look again before changing it')
  }
}

export class ImageArchivedError extends DomainError {
  override readonly name = 'ImageArchivedError'
  constructor() {
    super('The specified image is archived and cannot be scanned.')
  }
}
