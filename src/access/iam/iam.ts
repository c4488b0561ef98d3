import type { MetadataStore, MetadataTransaction } from '../../stores/metadata/metadata-store.ts'
import type { StoredAccessKeys } from '../stored-access-keys.ts'
import type { Uses } from '../uses.ts'
import type { Vault } from '../vault.ts'
import type { StoredIdentities } from './stored-identities.ts'

/** What the use cases of IAM and STS work with. */
export interface Iam {
  readonly metadata: MetadataStore
  readonly vault: Vault
  readonly keys: StoredAccessKeys
  readonly identities: StoredIdentities
  readonly uses: Pick<Uses, 'keyUses' | 'roleUses'>
  readonly now: () => Date
  readonly randomBytes: (size: number) => Uint8Array
}

/** Changes something that decisions are made from; this process decides by it from then on, others within a second. */
export async function changeIam<Result>(
  { metadata, identities }: Iam,
  work: (tx: MetadataTransaction) => Promise<Result>,
): Promise<Result> {
  try {
    return await metadata.write(work)
  } finally {
    identities.forget()
  }
}
