import { type AccountId, parseAccountId } from '../names/account-id.ts'
import { parseRepositoryArn, repositoryArn } from '../names/arn.ts'
import { type Digest, parseDigest } from '../names/digest.ts'
import { parseRegion } from '../names/region.ts'
import type { RegistryKey, RepositoryKey } from '../names/registry-key.ts'

/** One image on its way to one other registry. */
export interface Replication {
  readonly source: RepositoryKey
  readonly digest: Digest
  readonly destination: RegistryKey
}

export const replicationJobKind = 'replicate'

/** The job that brings an image to another registry: each pair has its own, so that none waits for another. */
export function replicationJob({ source, digest, destination }: Replication) {
  const key = `${destination.account} ${destination.region} ${digest} ${repositoryArn(source)}`
  return { kind: replicationJobKind, key }
}

/** What the key of such a job says. */
export function readReplicationJob(key: string): Replication {
  const [account = '', region = '', digest = '', arn = ''] = key.split(' ')
  return {
    source: parseRepositoryArn(arn),
    digest: parseDigest(digest),
    destination: { account: parseAccountId(account), region: parseRegion(region) },
  }
}

/** Where the image arrives: a repository of the same name. */
export function replicaRepository({ source, destination }: Replication): RepositoryKey {
  return { ...destination, name: source.name }
}

/** The role by which Amazon ECR replicates, in the account where an image arrives. */
export function replicationRoleArn(account: AccountId): string {
  return `arn:aws:iam::${account}:role/aws-service-role/replication.ecr.amazonaws.com/AWSServiceRoleForECRReplication`
}
