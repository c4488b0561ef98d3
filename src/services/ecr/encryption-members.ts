import type { EncryptionConfiguration } from '@aws-sdk/client-ecr'
import { DomainError, InvalidParameterError } from '../../core/errors.ts'
import type { Encryption } from '../../core/repositories/repository.ts'
import type { Checked } from '../checked.ts'

/** A repository is to be encrypted with a KMS key, and Berth has no KMS to ask for one. */
export class KmsNotOfferedError extends DomainError {
  override readonly name = 'KmsNotOfferedError'
  /** ECR's `kmsError`: the code KMS itself would have given. */
  readonly kmsError = 'UnsupportedOperationException'
  constructor() {
    super('Encryption with KMS keys is not offered by this registry. Use the encryption type AES256.')
  }
}

/**
 * Reads the encryption a repository is to have; AES256 unless the request says otherwise.
 *
 * @throws KmsNotOfferedError for KMS and KMS_DSSE (docs/decisions/no-kms-encryption.md)
 * @throws InvalidParameterError at `encryptionConfiguration` for a key that AES256 has no use for
 */
export function readEncryption(wanted: Checked<EncryptionConfiguration> | undefined): Encryption {
  const { encryptionType = 'AES256', kmsKey } = wanted ?? {}
  if (encryptionType !== 'AES256') throw new KmsNotOfferedError()
  if (kmsKey !== undefined) {
    throw new InvalidParameterError(
      'encryptionConfiguration',
      'KmsKey must be null when encryptionType is AES256',
    )
  }
  return { type: encryptionType }
}
