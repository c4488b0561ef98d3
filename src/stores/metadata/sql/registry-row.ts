import { type Kysely, sql } from 'kysely'
import type { RegistryKey } from '../../../core/names/registry-key.ts'
import type { Schema } from '../schema.ts'

/**
 * Holds the row of a registry until the transaction ends, making it where there is none, and notes how many repositories came or went.
 * Whoever counts something against a quota of the registry holds it first, so that of two who race for the last place one is refused.
 */
export async function holdRegistry(
  tx: Kysely<Schema>,
  { account, region }: RegistryKey,
  repositories = 0,
): Promise<void> {
  await sql`
    insert into registries (account_id, region, repository_count)
    values (${account}, ${region}, ${repositories})
    on conflict (account_id, region)
      do update set repository_count = registries.repository_count + excluded.repository_count
  `.execute(tx)
}
