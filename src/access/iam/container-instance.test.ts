import { afterAll, beforeAll, expect, test } from 'vitest'
import { temporaryFolder } from '../../../tests/support/temporary-folder.ts'
import type { Entity } from '../../core/iam/entity.ts'
import { parseAccountId } from '../../core/names/account-id.ts'
import { parsePolicy } from '../../core/policies/parse-policy.ts'
import type { MetadataStore } from '../../stores/metadata/metadata-store.ts'
import { openSqliteMetadata } from '../../stores/metadata/sqlite.ts'
import { Authoriser } from '../authoriser.ts'
import { containerInstance } from './container-instance.ts'
import { bindKnownPrincipals } from './policy-principals.ts'
import { StoredIdentities } from './stored-identities.ts'

const account = parseAccountId('111122223333')
const arn = `arn:aws:iam::${account}:role/ecsInstanceRole`
const now = () => new Date('2026-03-01T12:00:00Z')
const role: Entity = {
  id: 'AROA0000000000000ECS',
  account,
  kind: 'role',
  name: 'ecsInstanceRole',
  path: '/',
  createdAt: now(),
  details: { tags: {} },
}

const resources = new AsyncDisposableStack()
let metadata: MetadataStore
beforeAll(async () => {
  const { path } = resources.use(await temporaryFolder())
  metadata = resources.use(await openSqliteMetadata({ file: `${path}/metadata.db` }))
})
afterAll(() => resources.disposeAsync())

/** Whether the machine may pull where a policy, as it is kept, denies that to its role. */
async function mayPull(kept: string): Promise<boolean> {
  const policy = { name: 'the repository', document: parsePolicy(kept, 'resource') }
  const authoriser = new Authoriser({
    identities: new StoredIdentities(metadata, { ttl: 0, now }),
    rulesOf: () => ({ resource: { policy, tags: new Map() } }),
    now,
  })
  const resource = `arn:aws:ecr:us-east-1:${account}:repository/app`
  const permission = { action: 'ecr:BatchGetImage', resource, owner: account }
  const surroundings = { sourceIp: undefined, isSecure: true }
  const who = await containerInstance(metadata, account)
  return (await authoriser.decide({ who, permission, surroundings })).allowed
}

test('what a policy says of the role of container instances holds for the machine, whether the role was made or not', async () => {
  const statement = { Effect: 'Deny', Principal: { AWS: arn }, Action: 'ecr:*' }
  const policy = JSON.stringify({ Version: '2012-10-17', Statement: [statement] })
  expect(await mayPull(await bindKnownPrincipals(metadata, policy))).toBe(false)
  await metadata.write((tx) => tx.iam.addEntity(role))
  expect(await mayPull(await bindKnownPrincipals(metadata, policy))).toBe(false)
})
