import { InvalidParameterError, InvalidRequestError } from '../../core/errors.ts'
import { cacheSynced } from '../../core/events/cache-synced.ts'
import type { Occurrence } from '../../core/events/event.ts'
import { ImageDigestDoesNotMatchError, ImageTagAlreadyExistsError } from '../../core/images/errors.ts'
import { manifestLimits } from '../../core/manifests/limits.ts'
import { manifestMediaTypes } from '../../core/manifests/media-types.ts'
import { readManifest } from '../../core/manifests/read-manifest.ts'
import { type Digest, isDigest } from '../../core/names/digest.ts'
import type { Reference } from '../../core/names/reference.ts'
import type { RepositoryKey } from '../../core/names/registry-key.ts'
import type { Tag } from '../../core/names/tag.ts'
import { UpstreamUnavailableError } from '../../core/pull-through/errors.ts'
import {
  type FetchedManifest,
  fetchManifest,
  lookUpManifest,
} from '../../outbound/registry/fetch-manifest.ts'
import { digestOfPush } from '../digest-of-push.ts'
import { emitEvents } from '../emit-events.ts'
import { findRepository } from '../find-repository.ts'
import { makePlannedRepository } from '../make-planned-repository.ts'
import { planRepository } from '../plan-repository.ts'
import { type ManifestPush, putManifest } from '../put-manifest.ts'
import type { Registry } from '../registry.ts'
import type { CacheSource } from './find-source.ts'
import { askUpstream } from './upstream-trouble.ts'

/** What is to be brought, and what of it is here. */
export interface ManifestImport {
  readonly source: CacheSource
  readonly repository: RepositoryKey
  readonly reference: Reference
  /** The image that the tag is on here; asked for anew, it is brought only if it is another one there. */
  readonly cached?: Digest | undefined
  /** The ARN of who pulls. */
  readonly actor: string
}

/** The bytes, what is parsed from them, and their copy on the way into the database. */
const copies = 3

/**
 * Brings a manifest from the upstream, with the repository if that isn't here yet. What the manifest lists is brought when it is
 * pulled. Nothing is stored but what hashes to the digest that was asked for or announced. A tag that may not move here stays.
 *
 * @throws RegistryNotFoundError when the upstream doesn't have it
 * @throws UpstreamAccessDeniedError, UpstreamTooManyRequestsError, UpstreamUnavailableError
 * @throws LimitExceededError
 */
export async function importManifest(registry: Registry, wanted: ManifestImport): Promise<void> {
  const { source, reference, cached } = wanted
  if (cached !== undefined && (await lookUp(registry, wanted)) === cached) {
    if (reference.kind === 'tag') await noteUnchanged(registry, wanted.repository, reference.tag, cached)
    return
  }
  using _share = await registry.memory.lease(manifestLimits.bytes * copies)
  const fetched = await askUpstream(registry, source.rule, (session) =>
    fetchManifest(session, request(registry, wanted)),
  )
  const push = checkedPush(wanted, fetched)
  const plan = await planRepository(registry, 'PULL_THROUGH_CACHE', wanted.repository)
  if (plan !== undefined) await makePlannedRepository(registry, plan)
  await store(registry, wanted, push)
}

function lookUp(registry: Registry, wanted: ManifestImport): Promise<string | undefined> {
  return askUpstream(registry, wanted.source.rule, (session) =>
    lookUpManifest(session, request(registry, wanted)),
  )
}

function request({ now }: Registry, { source, reference }: ManifestImport) {
  return {
    repository: source.repository,
    reference: reference.kind === 'tag' ? reference.tag : reference.digest,
    accept: manifestMediaTypes,
    maxBytes: manifestLimits.bytes,
    now: now(),
  }
}

/** Before a repository is made for it. @throws UpstreamUnavailableError for what is no manifest, or another than was asked for */
function checkedPush(wanted: ManifestImport, fetched: FetchedManifest): ManifestPush {
  const { source, repository, reference, actor } = wanted
  const push: ManifestPush = {
    repository,
    content: fetched.content,
    mediaType: mediaTypeOf(fetched),
    digest: reference.kind === 'digest' ? reference.digest : announcedDigest(fetched),
    tags: reference.kind === 'tag' ? [reference.tag] : [],
    missing: 'accepted',
    cause: { actor, reason: 'pull-through-cache' },
  }
  try {
    readManifest(push.content, push.mediaType)
    digestOfPush(push)
    return push
  } catch (error) {
    throw isBadManifest(error) ? badAnswer(source, error) : error
  }
}

async function store(registry: Registry, wanted: ManifestImport, push: ManifestPush): Promise<void> {
  const { repository, reference, cached } = wanted
  const tag = reference.kind === 'tag' ? reference.tag : undefined
  try {
    await putManifest(registry, {
      ...push,
      also: async (tx, { id }, { digest }) => {
        if (tag) await tx.upstreamChecks.setTag(id, tag, { digest, checkedAt: registry.now() })
        await emitEvents(tx, registry, [imported(wanted, digest)])
      },
    })
  } catch (error) {
    if (!(error instanceof ImageTagAlreadyExistsError) || !tag || !cached) throw error
    await noteUnchanged(registry, repository, tag, cached)
  }
}

function imported({ source, repository, reference }: ManifestImport, digest: Digest): Occurrence {
  const { prefix: repositoryPrefix, upstreamUrl: upstream } = source.rule
  const tag = reference.kind === 'tag' ? reference.tag : undefined
  return cacheSynced(repository, { repositoryPrefix, upstream, tag, digest, status: 'SUCCESS' })
}

/** What stands behind a semicolon is for texts, which a manifest isn't. */
function mediaTypeOf({ mediaType }: FetchedManifest): string | undefined {
  return mediaType?.split(';', 1)[0]?.trim()
}

function announcedDigest({ digest }: FetchedManifest): Digest | undefined {
  return digest !== undefined && isDigest(digest) ? digest : undefined
}

function isBadManifest(error: unknown): error is Error {
  return (
    error instanceof ImageDigestDoesNotMatchError ||
    error instanceof InvalidParameterError ||
    error instanceof InvalidRequestError
  )
}

function badAnswer({ rule }: CacheSource, error: Error): UpstreamUnavailableError {
  return new UpstreamUnavailableError(
    `The upstream registry ${rule.upstreamUrl} answered with no manifest that can be kept: ${error.message}`,
    { cause: error },
  )
}

async function noteUnchanged(
  registry: Registry,
  key: RepositoryKey,
  tag: Tag,
  digest: Digest,
): Promise<void> {
  const { id } = await findRepository(registry, key)
  const check = { digest, checkedAt: registry.now() }
  await registry.metadata.write((tx) => tx.upstreamChecks.setTag(id, tag, check))
}
