import { SigningKeyAlreadyExistsError } from '../../core/signing/errors.ts'
import type { SigningProfile } from '../../core/signing/signing-profile.ts'
import type { SigningKey } from '../../stores/metadata/signing.ts'
import type { Registry } from '../registry.ts'
import type { Signer } from './signer.ts'

/** Makes the key of a signing profile. @throws SigningKeyAlreadyExistsError */
export async function createSigningKey(
  { metadata, now }: Registry,
  signer: Signer,
  profile: SigningProfile,
): Promise<SigningKey> {
  const key = await signer.makeKey(profile, now())
  const isNew = await metadata.write((tx) => tx.signing.addKey(profile, key))
  if (!isNew) throw new SigningKeyAlreadyExistsError(profile.name)
  return key
}
