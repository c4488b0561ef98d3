import { isPolicy } from '../../core/policies/is-policy.ts'
import { identitiesIn, withArns, withIds } from '../../core/policies/policy-identities.ts'
import type { MetadataReader } from '../../stores/metadata/metadata-store.ts'

type Reader = Pick<MetadataReader, 'iam'>

/**
 * A policy of a resource, or a role's trust policy, as it is kept: users, roles and their sessions by their unique ids, so that nobody who
 * is made later under an old name gets what it gave to the former one. A text that is no policy comes back as it is, for whoever is to
 * keep it to refuse.
 *
 * @param refusal makes what is thrown for a principal that doesn't exist; an account's number always does
 * @see IAM user guide, "AWS JSON policy elements: Principal", "IAM user principals", "IAM role principals"
 */
export async function bindPrincipals(
  { iam }: Reader,
  text: string,
  refusal: (principal: string) => Error,
): Promise<string> {
  if (!isPolicy(text)) return text
  const named = identitiesIn(text)
  const known = await iam.identities(named)
  const stranger = named.find((name) => !known.has(name))
  if (stranger !== undefined) throw refusal(stranger)
  return withIds(text, known)
}

/** A policy that is only tried out, as it would be kept; principals that don't exist stay as they are, and are nobody. */
export async function bindKnownPrincipals({ iam }: Reader, text: string): Promise<string> {
  return withIds(text, await iam.identities(identitiesIn(text)))
}

/** Policies that were kept so, as they are shown: by the ARNs of those who are there still, by the ids of those who are gone. */
export async function showPrincipals({ iam }: Reader, texts: readonly string[]): Promise<string[]> {
  const known = await iam.identities([...new Set(texts.flatMap(identitiesIn))])
  return texts.map((text) => withArns(text, known))
}

/** One of them. */
export async function showPolicy(metadata: Reader, text: string): Promise<string> {
  const [shown = text] = await showPrincipals(metadata, [text])
  return shown
}
