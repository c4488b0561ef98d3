import { type Digest, isDigest } from '../../core/names/digest.ts'
import type { RepositoryKey } from '../../core/names/registry-key.ts'
import { fetchReferrers } from '../../outbound/registry/fetch-referrers.ts'
import { RegistryNotFoundError } from '../../outbound/registry/registry-errors.ts'
import { findRepository } from '../find-repository.ts'
import type { Registry } from '../registry.ts'
import { type CacheSource, findSource } from './find-source.ts'
import type { ImportConsent } from './import-consent.ts'
import { importManifest } from './import-manifest.ts'
import { askUpstream } from './upstream-trouble.ts'

/** How long a list of referrers is good. @see Amazon ECR user guide, "Using pull through cache rules" */
const lifetimeMs = 6 * 60 * 60 * 1000
/** How many referrers of one image are brought. */
const mostReferrers = 100
const restAfterFailureMs = 60_000

/**
 * Brings what refers to an image at the upstream of its repository, if the upstream wasn't asked within six hours. Nothing where no rule
 * is for the repository, and for a caller who may not have it brought.
 *
 * @throws RepositoryNotFoundError
 * @throws UpstreamAccessDeniedError, UpstreamTooManyRequestsError, UpstreamUnavailableError when it has never been asked
 */
export async function refreshReferrers(
  registry: Registry,
  repository: RepositoryKey,
  subject: Digest,
  consent: ImportConsent,
): Promise<void> {
  const source = await findSource(registry, repository)
  if (source === undefined) return
  const { id } = await findRepository(registry, repository)
  const { upstreams, metadata, now } = registry
  const place = `${id}/referrers/${subject}`
  const checkedAt = await metadata.upstreamChecks.referrersCheckedAt(id, subject)
  const isFresh = checkedAt !== undefined && now().getTime() - checkedAt.getTime() < lifetimeMs
  if (isFresh || upstreams.isQuietAbout(place) || !(await consent.mayImport())) return
  try {
    const bringing = { source, repository, subject, actor: consent.actor }
    await upstreams.manifests.run(place, () => bring(registry, bringing))
  } catch (error) {
    upstreams.stayQuietAbout(place, restAfterFailureMs)
    if (checkedAt === undefined) throw error
  }
}

interface Bringing {
  readonly source: CacheSource
  readonly repository: RepositoryKey
  readonly subject: Digest
  readonly actor: string
}

async function bring(registry: Registry, { source, repository, subject, actor }: Bringing): Promise<void> {
  const { id } = await findRepository(registry, repository)
  for (const digest of await listAtUpstream(registry, source, subject)) {
    if ((await registry.metadata.images.find(id, digest)) !== undefined) continue
    const reference = { kind: 'digest', digest } as const
    await passOverMissing(importManifest(registry, { source, repository, reference, actor }))
  }
  const at = registry.now()
  await registry.metadata.write((tx) => tx.upstreamChecks.setReferrersChecked(id, subject, at))
}

/** An upstream without this part of the specification has none to tell of. */
async function listAtUpstream(registry: Registry, source: CacheSource, subject: Digest): Promise<Digest[]> {
  const asked = { repository: source.repository, subject, limit: mostReferrers, now: registry.now() }
  try {
    const digests = await askUpstream(registry, source.rule, (session) => fetchReferrers(session, asked))
    return digests.filter(isDigest)
  } catch (error) {
    if (error instanceof RegistryNotFoundError) return []
    throw error
  }
}

/** It may have gone since it was listed. */
async function passOverMissing(importing: Promise<void>): Promise<void> {
  try {
    await importing
  } catch (error) {
    if (!(error instanceof RegistryNotFoundError)) throw error
  }
}
