import { DomainError } from '../../core/errors.ts'
import type { AccountId } from '../../core/names/account-id.ts'
import type { RepositoryKey } from '../../core/names/registry-key.ts'
import { type Replication, replicaRepository } from '../../core/replication/replication-job.ts'
import { RepositoryNotFoundError } from '../../core/repositories/errors.ts'
import type { MetadataTransaction } from '../../stores/metadata/metadata-store.ts'
import { lockRepository } from '../lock-repository.ts'
import { makePlannedRepository } from '../make-planned-repository.ts'
import { planRepository } from '../plan-repository.ts'
import type { Registry } from '../registry.ts'
import { copyImage, type Passage } from './copy-image.ts'
import { findState, noteArrival, noteFailure, tagsStillOn } from './replication-state.ts'

/** Whether the owner of a repository, which may not be there yet, lets another account's registry do this to it. */
export type MayReplicate = (asked: {
  readonly source: AccountId
  readonly action: 'ecr:ReplicateImage' | 'ecr:CreateRepository'
  readonly repository: RepositoryKey
}) => Promise<boolean>

/**
 * Brings an image to another registry of this Berth, into a repository of the same name that is made, as a template for
 * replication says, if it isn't there. What the
 * destination's owner doesn't allow, and what its quotas don't, fails for good and is noted; all else is worth another try.
 *
 * @see Amazon ECR user guide, "Private image replication"
 */
export async function replicateImage(
  registry: Registry,
  replication: Replication,
  mayReplicate: MayReplicate,
): Promise<void> {
  const { source } = replication
  const to = replicaRepository(replication)
  const plan = await planRepository(registry, 'REPLICATION', to)
  if (!(await isAllowed({ to, from: source, isNew: plan !== undefined }, mayReplicate))) {
    await noteFailure(registry, replication, 'AccessDenied', { toldIn: 'destination' })
    return
  }
  try {
    if (plan !== undefined) await makePlannedRepository(registry, plan)
    await registry.metadata.write((tx) => bring(tx, registry, replication))
  } catch (error) {
    if (!(error instanceof DomainError) || error instanceof RepositoryNotFoundError) throw error
    await noteFailure(registry, replication, error.name.replace(/Error$/, ''), { toldIn: 'destination' })
  }
}

async function isAllowed(
  { to, from, isNew }: { readonly to: RepositoryKey; readonly from: RepositoryKey; readonly isNew: boolean },
  mayReplicate: MayReplicate,
): Promise<boolean> {
  if (to.account === from.account) return true
  const asked = { source: from.account, repository: to }
  if (!(await mayReplicate({ ...asked, action: 'ecr:ReplicateImage' }))) return false
  return !isNew || (await mayReplicate({ ...asked, action: 'ecr:CreateRepository' }))
}

/** Which tags the image has is read with the source held, so that a tag that moves meanwhile is brought by whoever has it last. */
async function bring(tx: MetadataTransaction, registry: Registry, replication: Replication): Promise<void> {
  const passage = await lockBoth(tx, replication)
  const state = passage && (await findState(tx, passage.from.id, replication))
  if (state === undefined || state.status === 'COMPLETE' || passage === undefined) return
  const { digest } = replication
  const tags = await tagsStillOn(tx, passage.from.id, replication, state.tags)
  await copyImage(tx, registry, passage, { digest, tags })
  await noteArrival(tx, passage.from, replication, state.tags)
}

/** In an order of their own, so that registries that replicate to each other don't wait for each other. */
async function lockBoth(tx: MetadataTransaction, replication: Replication): Promise<Passage | undefined> {
  const { source } = replication
  const target = replicaRepository(replication)
  const order = (key: RepositoryKey) => `${key.account} ${key.region}`
  if (order(source) < order(target)) {
    const from = await tx.repositories.lock(source)
    return from && { from, to: await lockRepository(tx, target) }
  }
  const to = await lockRepository(tx, target)
  const from = await tx.repositories.lock(source)
  return from && { from, to }
}
