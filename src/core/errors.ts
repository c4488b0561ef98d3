import type { AccountId } from './names/account-id.ts'
import type { Digest } from './names/digest.ts'
import type { RepositoryName } from './names/repository-name.ts'
import type { Tag } from './names/tag.ts'
import type { DecidingStatement } from './policies/decide.ts'

/** Where a repository lives and what it is called: the facts most messages need. */
interface RepositoryFacts {
  readonly account: AccountId
  readonly name: RepositoryName
}

/**
 * Something a caller asked for that the registry refuses. The message is what Amazon ECR says; each protocol
 * owns the table that says how it looks on its wire.
 */
export abstract class DomainError extends Error {}

/** A value breaks a documented constraint; `field` is spelled as ECR spells it in the message. */
export class InvalidParameterError extends DomainError {
  override readonly name = 'InvalidParameterError'
  constructor(field: string, constraint: string, options?: ErrorOptions) {
    super(`Invalid parameter at '${field}' failed to satisfy constraint: '${constraint}'`, options)
  }
}

/** A request is against the rules in a way that no single field explains; the message is the whole text. */
export class InvalidRequestError extends DomainError {
  override readonly name = 'InvalidRequestError'
}

export class RepositoryNotFoundError extends DomainError {
  override readonly name = 'RepositoryNotFoundError'
  constructor({ account, name }: RepositoryFacts) {
    super(`The repository with name '${name}' does not exist in the registry with id '${account}'`)
  }
}

export class RepositoryAlreadyExistsError extends DomainError {
  override readonly name = 'RepositoryAlreadyExistsError'
  constructor({ account, name }: RepositoryFacts) {
    super(`The repository with name '${name}' already exists in the registry with id '${account}'`)
  }
}

export class RepositoryNotEmptyError extends DomainError {
  override readonly name = 'RepositoryNotEmptyError'
  constructor({ account, name }: RepositoryFacts) {
    super(
      `The repository with name '${name}' in registry with id '${account}' cannot be deleted because it still contains images`,
    )
  }
}

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

/** What a pull gate has against an image. */
export type GateObjection =
  | {
      /** Why no scan tells what is wrong with the image. */
      readonly unscanned: string
    }
  | {
      readonly severity: string
      /** Worst first. */
      readonly stopped: readonly { readonly name: string; readonly packageName: string }[]
    }

/** Vulnerabilities named in a message; more are counted. */
const mostNamed = 10

/** An image that can't be pulled for what scans have found in it, or haven't told. */
export class PullRefusedByGateError extends DomainError {
  override readonly name = 'PullRefusedByGateError'
  constructor({ name }: RepositoryFacts, digest: Digest, objection: GateObjection) {
    super(
      `The image with digest '${digest}' can't be pulled from the repository with name '${name}': ${explainObjection(objection)}`,
    )
  }
}

function explainObjection(objection: GateObjection): string {
  if ('unscanned' in objection)
    return `its pull gate wants every image scanned, and of this one no scan tells anything (${objection.unscanned})`
  const { severity, stopped } = objection
  const named = stopped.slice(0, mostNamed).map(({ name, packageName }) => `${name} (${packageName})`)
  const more = stopped.length > named.length ? ` and ${stopped.length - named.length} more` : ''
  return `its pull gate stops findings of severity ${severity} or worse, which it has: ${named.join(', ')}${more}`
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

/** Raised by the JSON API alone; on `/v2/` a blob that is already there is a success. */
export class LayerAlreadyExistsError extends DomainError {
  override readonly name = 'LayerAlreadyExistsError'
  constructor({ account, name }: RepositoryFacts, digest: Digest) {
    super(
      `The layer with digest '${digest}' already exists in the repository with name '${name}' in registry with id '${account}'`,
    )
  }
}

/** A stored quota is used up (ECR user guide, "Amazon ECR service quotas"). */
export class LimitExceededError extends DomainError {
  override readonly name = 'LimitExceededError'
}

/** More at once than this server takes; the same request may well succeed a moment later. */
export class RateExceededError extends DomainError {
  override readonly name = 'RateExceededError'
  constructor() {
    super('Rate exceeded')
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

export class TooManyTagsError extends DomainError {
  override readonly name = 'TooManyTagsError'
  constructor() {
    super('The maximum number of tags that can be applied to a repository is 50.')
  }
}

export class InvalidTagParameterError extends DomainError {
  override readonly name = 'InvalidTagParameterError'
}

/** A client went away in the middle of its body; what arrived is kept and the upload can go on. */
export class BodyCutShortError extends DomainError {
  override readonly name = 'BodyCutShortError'
  constructor(options?: ErrorOptions) {
    super('The request body ended before it was complete', options)
  }
}

/** The disk (or the quota on it) is full: nothing was acknowledged, nothing is broken. */
export class StorageFullError extends DomainError {
  override readonly name = 'StorageFullError'
  constructor(options?: ErrorOptions) {
    super('The registry has no space left to store this; free some and try again', options)
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

/** The caller is known and may not do this; the message is the access room's full denial text. */
export class AccessDeniedError extends DomainError {
  override readonly name = 'AccessDeniedError'
  /** The statement that forbids it, where one does. */
  readonly by: DecidingStatement | undefined
  constructor(message: string, by?: DecidingStatement) {
    super(message)
    this.by = by
  }
}

export class LifecyclePolicyNotFoundError extends DomainError {
  override readonly name = 'LifecyclePolicyNotFoundError'
  constructor({ account, name }: RepositoryFacts) {
    super(
      `Lifecycle policy does not exist for the repository with name '${name}' in the registry with id '${account}'`,
    )
  }
}

export class LifecyclePolicyPreviewNotFoundError extends DomainError {
  override readonly name = 'LifecyclePolicyPreviewNotFoundError'
  constructor({ account, name }: RepositoryFacts) {
    super(
      `Lifecycle policy preview does not exist for the repository with name '${name}' in the registry with id '${account}'`,
    )
  }
}

export class LifecyclePolicyPreviewInProgressError extends DomainError {
  override readonly name = 'LifecyclePolicyPreviewInProgressError'
  constructor({ account, name }: RepositoryFacts) {
    super(
      `The previous lifecycle policy preview request for the repository with name '${name}' in the registry with id '${account}' has not completed`,
    )
  }
}

export class PullThroughCacheRuleAlreadyExistsError extends DomainError {
  override readonly name = 'PullThroughCacheRuleAlreadyExistsError'
  constructor() {
    super('A pull through cache rule with these settings already exists for the private registry.')
  }
}

export class PullThroughCacheRuleNotFoundError extends DomainError {
  override readonly name = 'PullThroughCacheRuleNotFoundError'
  constructor() {
    super('The pull through cache rule was not found. Specify a valid pull through cache rule and try again.')
  }
}

export class UnsupportedUpstreamRegistryError extends DomainError {
  override readonly name = 'UnsupportedUpstreamRegistryError'
}

export class SecretNotFoundError extends DomainError {
  override readonly name = 'SecretNotFoundError'
  constructor() {
    super(
      'The ARN of the secret specified in the pull through cache rule was not found. Update the pull through cache rule with a valid secret ARN and try again.',
    )
  }
}

export class UnableToAccessSecretError extends DomainError {
  override readonly name = 'UnableToAccessSecretError'
  constructor(options?: ErrorOptions) {
    super(
      'The secret is unable to be accessed. Verify the resource permissions for the secret and try again.',
      options,
    )
  }
}

/** The secret is there and isn't `{"username": ..., "accessToken": ...}`. The text is AWS's, its misspelling included. */
export class UnableToDecryptSecretValueError extends DomainError {
  override readonly name = 'UnableToDecryptSecretValueError'
  constructor() {
    super(
      'The secret is accessible but is unable to be decrypted. Verify the resource permisisons and try again.',
    )
  }
}

/** An upstream registry didn't let Berth in. */
export class UpstreamAccessDeniedError extends DomainError {
  override readonly name = 'UpstreamAccessDeniedError'
}

/** An upstream registry is asked too often. */
export class UpstreamTooManyRequestsError extends DomainError {
  override readonly name = 'UpstreamTooManyRequestsError'
  readonly retryAfterSeconds: number
  constructor(host: string, retryAfterSeconds: number) {
    super(
      `The upstream registry ${host} limits how often it may be asked; try again in ${retryAfterSeconds} s`,
    )
    this.retryAfterSeconds = retryAfterSeconds
  }
}

/** An upstream registry can't be reached, fails, or answers what it should not. */
export class UpstreamUnavailableError extends DomainError {
  override readonly name = 'UpstreamUnavailableError'
}

/** An upstream registry doesn't tell what refers to an image. */
export class UpstreamReferrersError extends DomainError {
  override readonly name = 'UpstreamReferrersError'
}

export class TemplateAlreadyExistsError extends DomainError {
  override readonly name = 'TemplateAlreadyExistsError'
  constructor() {
    super('The repository creation template already exists. Specify a unique prefix and try again.')
  }
}

export class TemplateNotFoundError extends DomainError {
  override readonly name = 'TemplateNotFoundError'
  constructor() {
    super(
      "The specified repository creation template can't be found. Verify the registry ID and prefix and try again.",
    )
  }
}

export class RepositoryPolicyNotFoundError extends DomainError {
  override readonly name = 'RepositoryPolicyNotFoundError'
  constructor({ account, name }: RepositoryFacts) {
    super(
      `Repository policy does not exist for the repository with name '${name}' in the registry with id '${account}'`,
    )
  }
}

export class RegistryPolicyNotFoundError extends DomainError {
  override readonly name = 'RegistryPolicyNotFoundError'
  constructor({ account }: Pick<RepositoryFacts, 'account'>) {
    super(`Registry policy does not exist in the registry with id '${account}'`)
  }
}

export class SigningConfigurationNotFoundError extends DomainError {
  override readonly name = 'SigningConfigurationNotFoundError'
  constructor() {
    super('The specified signing configuration was not found.')
  }
}

export class ScanNotFoundError extends DomainError {
  override readonly name = 'ScanNotFoundError'
  constructor(
    { account, name }: RepositoryFacts,
    asked: { readonly digest?: string | undefined; readonly tag?: string | undefined },
  ) {
    super(
      `Image scan does not exist for the image with '{imageDigest:'${asked.digest ?? 'null'}', imageTag:'${asked.tag ?? 'null'}'}' in the repository with name '${name}' in the registry with id '${account}'`,
    )
  }
}

/** An index, or what is no container image: scans look at the images that an index lists. */
export class UnsupportedImageTypeError extends DomainError {
  override readonly name = 'UnsupportedImageTypeError'
  constructor() {
    super('The operating system and/or package manager are not supported')
  }
}

export class ImageArchivedError extends DomainError {
  override readonly name = 'ImageArchivedError'
  constructor() {
    super('The specified image is archived and cannot be scanned.')
  }
}

/** Basic scanning's own operations while enhanced scanning is on. */
export class FeatureDisabledError extends DomainError {
  override readonly name = 'FeatureDisabledError'
  constructor() {
    super('This feature is disabled')
  }
}
