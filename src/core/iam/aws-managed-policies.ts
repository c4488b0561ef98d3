import { parseAccountId } from '../names/account-id.ts'
import type { AwsPolicy } from './aws-policies/aws-policy.ts'
import { containerPolicies } from './aws-policies/containers.ts'
import { generalPolicies } from './aws-policies/general.ts'
import { messagePolicies } from './aws-policies/messages.ts'
import { registryPolicies } from './aws-policies/registries.ts'
import type { ManagedPolicy } from './managed-policy.ts'

/** They belong to no account; this one stands where there must be one. */
const owner = parseAccountId('000000000000')
const since = new Date('2026-01-01T00:00:00.000Z')

const policies = [...generalPolicies, ...registryPolicies, ...containerPolicies, ...messagePolicies]

/** AWS's own policies by their ARNs, each in one version. */
export const awsManagedPolicies: ReadonlyMap<
  string,
  { readonly policy: ManagedPolicy; readonly document: string }
> = new Map(
  policies.map((policy) => {
    const described = describe(policy)
    return [described.arn, { policy: described, document: documentOf(policy) }]
  }),
)

function describe({ name, path = '/', description }: AwsPolicy): ManagedPolicy {
  const versions = { defaultVersion: 1, lastVersion: 1, createdAt: since, updatedAt: since }
  const id = `ANPA${name
    .toUpperCase()
    .replace(/[^A-Z]/g, '')
    .slice(-17)
    .padEnd(17, 'A')}`
  return {
    arn: `arn:aws:iam::aws:policy${path}${name}`,
    id,
    account: owner,
    name,
    path,
    description,
    ...versions,
  }
}

function documentOf({ statements }: AwsPolicy): string {
  return JSON.stringify({ Version: '2012-10-17', Statement: statements })
}
