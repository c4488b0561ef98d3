import { InvalidParameterError } from '../errors.ts'
import { type AccountId, isAccountId } from './account-id.ts'
import { isRegion } from './region.ts'
import type { RegistryKey, RepositoryKey } from './registry-key.ts'
import { isRepositoryName } from './repository-name.ts'

/** `arn:aws:ecr:<region>:<account>:repository/<name>` */
export function repositoryArn({ account, region, name }: RepositoryKey): string {
  return `arn:aws:ecr:${region}:${account}:repository/${name}`
}

/** The ARN that stands for every repository of a registry in permission checks. */
export function anyRepositoryArn({ account, region }: RegistryKey): string {
  return `arn:aws:ecr:${region}:${account}:repository/*`
}

/** The account that an ARN lies in; none for what is AWS's own, nor for what is no ARN. */
export function accountIn(arn: string): AccountId | undefined {
  const account = arn.split(':', 5)[4]
  return account !== undefined && isAccountId(account) ? account : undefined
}

/** `arn:aws:iam::<account>:root`: the account itself as a principal. */
export function rootArn(account: AccountId): string {
  return `arn:aws:iam::${account}:root`
}

const roleArn = /^arn:aws(?:-[a-z]+)*:iam::[0-9]{12}:role\/[\w+=,.@/-]+$/

/** Whether a text is the ARN of an IAM role. @see IAM user guide, "IAM identifiers" */
export function isRoleArn(text: string): boolean {
  return roleArn.test(text)
}

/** @throws InvalidParameterError at `resourceArn` (`Invalid ARN`) unless it names an ECR repository. */
export function parseRepositoryArn(text: string): RepositoryKey {
  const [arn, , service, region = '', account = '', ...rest] = text.split(':')
  const [kind, ...path] = rest.join(':').split('/')
  const name = path.join('/')
  const wellFormed = arn === 'arn' && service === 'ecr' && kind === 'repository'
  if (!wellFormed || !isRegion(region) || !isAccountId(account) || !isRepositoryName(name)) {
    throw new InvalidParameterError('resourceArn', 'Invalid ARN')
  }
  return { account, region, name }
}
