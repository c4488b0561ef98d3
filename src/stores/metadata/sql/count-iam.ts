import type { Kysely } from 'kysely'
import type { AccountId } from '../../../core/names/account-id.ts'
import type { IamReader } from '../iam.ts'
import type { Schema } from '../schema.ts'

/** Counts an account's users, groups, roles, policies and versions of policies. */
export async function countIam(
  db: Kysely<Schema>,
  account: AccountId,
): Promise<Awaited<ReturnType<IamReader['counts']>>> {
  const entities = await db
    .selectFrom('iam_entities')
    .select(['kind', ({ fn }) => fn.countAll<number | string>().as('count')])
    .where('account_id', '=', account)
    .groupBy('kind')
    .execute()
  const policies = await db
    .selectFrom('iam_policies')
    .leftJoin('iam_policy_versions', 'iam_policy_versions.policy_arn', 'iam_policies.arn')
    .select(({ fn }) => [
      fn.count<number | string>('iam_policies.arn').distinct().as('policies'),
      fn.count<number | string>('iam_policy_versions.version').as('versions'),
    ])
    .where('account_id', '=', account)
    .executeTakeFirstOrThrow()
  const counted = Object.fromEntries(entities.map(({ kind, count }) => [kind, Number(count)]))
  const none = { user: 0, group: 0, role: 0 }
  return { ...none, ...counted, policy: Number(policies.policies), version: Number(policies.versions) }
}
