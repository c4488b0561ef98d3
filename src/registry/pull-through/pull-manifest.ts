import { DomainError } from '../../core/errors.ts'
import { cacheSynced } from '../../core/events/cache-synced.ts'
import { ImageNotFoundError } from '../../core/images/errors.ts'
import type { Digest } from '../../core/names/digest.ts'
import { RepositoryNotFoundError } from '../../core/repositories/errors.ts'
import { RegistryNotFoundError } from '../../outbound/registry/registry-errors.ts'
import { emitEvents } from '../emit-events.ts'
import { findRepository } from '../find-repository.ts'
import { getManifest, type ManifestRequest, type StoredManifest } from '../get-manifest.ts'
import { planRepository } from '../plan-repository.ts'
import type { Registry } from '../registry.ts'
import { type CacheSource, findSource } from './find-source.ts'
import type { ImportConsent } from './import-consent.ts'
import { importManifest } from './import-manifest.ts'
import { troubleCode } from './upstream-trouble.ts'

/** How long a tag is good before the upstream is asked again. @see Amazon ECR user guide, "Using pull through cache rules" */
const tagLifetimeMs = 24 * 60 * 60 * 1000
/** How long what is here has to do after the upstream couldn't be asked. */
const restAfterFailureMs = 60_000

/**
 * A manifest by tag or digest, as getManifest; one that a pull-through cache rule is for is brought from its upstream when it isn't
 * here. A tag that came from there is asked for again after 24 hours, and while the upstream can't say, what is here is given. A tag
 * that somebody pushed here stays as it is.
 *
 * @throws RepositoryNotFoundError, also for a caller who may not have it made
 * @throws ImageNotFoundError, also for a caller who may not have it brought
 * @throws UpstreamAccessDeniedError, UpstreamTooManyRequestsError, UpstreamUnavailableError when nothing is here to give instead
 * @see Amazon ECR user guide, "Pulling an image with a pull through cache rule"
 */
export async function pullManifest(
  registry: Registry,
  wanted: ManifestRequest,
  consent: ImportConsent,
): Promise<StoredManifest> {
  const source = await findSource(registry, wanted.repository)
  if (source === undefined) return getManifest(registry, wanted)
  const cached = await findCached(registry, wanted)
  if (cached === undefined || (await isStale(registry, wanted, cached))) {
    await bring(registry, source, { ...wanted, cached }, consent)
  }
  return getManifest(registry, wanted)
}

async function findCached(registry: Registry, wanted: ManifestRequest): Promise<Digest | undefined> {
  try {
    return (await getManifest(registry, { ...wanted, as: 'look' })).digest
  } catch (error) {
    if (error instanceof RepositoryNotFoundError || error instanceof ImageNotFoundError) return undefined
    throw error
  }
}

async function isStale(registry: Registry, wanted: ManifestRequest, cached: Digest): Promise<boolean> {
  const { repository, reference } = wanted
  if (reference.kind === 'digest' || registry.upstreams.isQuietAbout(placeOf(wanted))) return false
  const { id } = await findRepository(registry, repository)
  const check = await registry.metadata.upstreamChecks.tag(id, reference.tag)
  if (check?.digest !== cached) return false
  return registry.now().getTime() - check.checkedAt.getTime() >= tagLifetimeMs
}

interface Bringing extends ManifestRequest {
  readonly cached: Digest | undefined
}

async function bring(
  registry: Registry,
  source: CacheSource,
  wanted: Bringing,
  consent: ImportConsent,
): Promise<void> {
  const { repository, reference, cached } = wanted
  const refusal = await refusalOf(registry, wanted, consent)
  if (refusal !== undefined && cached === undefined) throw refusal
  if (refusal !== undefined) return
  try {
    const { actor } = consent
    const bringing = { source, repository, reference, cached, actor }
    await registry.upstreams.manifests.run(placeOf(wanted), () => importManifest(registry, bringing))
  } catch (error) {
    await noteTrouble(registry, source, wanted, error)
    const isExpected = error instanceof DomainError || error instanceof RegistryNotFoundError
    if (cached === undefined || !isExpected) throw explain(error, wanted)
    registry.upstreams.stayQuietAbout(placeOf(wanted), restAfterFailureMs)
  }
}

/** Who may not have the repository made is told that it isn't there, and who may not have the image brought, that this isn't. */
async function refusalOf(
  registry: Registry,
  wanted: Bringing,
  consent: ImportConsent,
): Promise<DomainError | undefined> {
  const plan = await planRepository(registry, 'PULL_THROUGH_CACHE', wanted.repository)
  if (plan && !(await consent.mayCreate(plan))) return new RepositoryNotFoundError(wanted.repository)
  return (await consent.mayImport()) ? undefined : notFound(wanted)
}

function explain(error: unknown, wanted: ManifestRequest): unknown {
  return error instanceof RegistryNotFoundError ? notFound(wanted) : error
}

function notFound({ repository, reference }: ManifestRequest): ImageNotFoundError {
  return new ImageNotFoundError(repository, reference)
}

async function noteTrouble(
  registry: Registry,
  { rule }: CacheSource,
  { repository, reference, cached }: Bringing,
  error: unknown,
): Promise<void> {
  const failureCode = troubleCode(error)
  if (failureCode === undefined || !(error instanceof Error)) return
  const occurrence = cacheSynced(repository, {
    repositoryPrefix: rule.prefix,
    upstream: rule.upstreamUrl,
    status: 'FAILED',
    failureCode,
    failureReason: error.message,
    ...(reference.kind === 'tag' ? { tag: reference.tag, digest: cached } : { digest: reference.digest }),
  })
  await registry.metadata.write((tx) => emitEvents(tx, registry, [occurrence]))
}

function placeOf({ repository: { account, region, name }, reference }: ManifestRequest): string {
  return `${account}/${region}/${name}@${reference.kind === 'tag' ? reference.tag : reference.digest}`
}
