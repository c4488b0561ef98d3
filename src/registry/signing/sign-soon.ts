import type { Cause } from '../../core/images/cause.ts'
import type { Image } from '../../core/images/image.ts'
import type { Tag } from '../../core/names/tag.ts'
import type { Repository } from '../../core/repositories/repository.ts'
import { signingJob } from '../../core/signing/signing-job.ts'
import { isToBeSigned, signersOf } from '../../core/signing/signing-rules.ts'
import type { MetadataTransaction } from '../../stores/metadata/metadata-store.ts'
import type { Registry } from '../registry.ts'

/** Has an image of a locked repository signed as the registry's rules say, in the transaction in which it came. What is signed stays so. */
export async function signSoon(
  tx: MetadataTransaction,
  { now }: Registry,
  repository: Repository,
  { image, tags, cause }: { readonly image: Image; readonly tags: readonly Tag[]; readonly cause: Cause },
): Promise<void> {
  const { digest, subject } = image
  if (!isToBeSigned({ reason: cause.reason, subject, tags })) return
  const rules = await tx.signing.rules(repository)
  if (rules === undefined) return
  const signers = signersOf(rules, repository.name)
  if (signers.length === 0) return
  const states = await tx.signing.states(repository.id, digest)
  const signed = states.filter(({ status }) => status === 'COMPLETE').map(({ profile }) => profile)
  const wanted = signers.filter((profile) => !signed.includes(profile))
  for (const profile of wanted) {
    await tx.signing.putState(repository.id, digest, { profile, status: 'IN_PROGRESS', actor: cause.actor })
  }
  if (wanted.length > 0) await tx.jobs.add(signingJob({ repository, digest }), now())
}
