import { isAccountId } from '../names/account-id.ts'
import { isRegion } from '../names/region.ts'
import type { RegistryKey } from '../names/registry-key.ts'

/** What `valueFrom` of a secret names. */
export interface SecretSource {
  readonly service: 'secretsmanager' | 'ssm'
  /** Whose it is. */
  readonly registry: RegistryKey
  readonly name: string
  /** As IAM knows it. */
  readonly arn: string
  /** The member of the secret's JSON that is meant. */
  readonly jsonKey?: string
}

/**
 * Reads what a secret of a container comes from: the ARN of a secret of Secrets Manager, perhaps with a key of its JSON, or a parameter of
 * Systems Manager by its ARN or, in the task's own account and region, by its name. Undefined for what is neither, and for an older version
 * of a secret.
 *
 * @see Amazon ECS developer guide, "Pass sensitive data to an Amazon ECS container"
 */
export function readSecretSource(valueFrom: string, own: RegistryKey): SecretSource | undefined {
  if (!valueFrom.startsWith('arn:')) {
    const name = valueFrom
    return /^[\w./-]{1,1011}$/.test(name)
      ? { service: 'ssm', registry: own, name, arn: parameterArn(own, name) }
      : undefined
  }
  const [, , service, region = '', account = '', kind = '', ...rest] = valueFrom.split(':')
  if (!isRegion(region) || !isAccountId(account)) return undefined
  const registry = { account, region }
  if (service === 'ssm' && kind.startsWith('parameter/') && rest.length === 0) {
    const path = kind.slice('parameter/'.length)
    return { service, registry, name: path.includes('/') ? `/${path}` : path, arn: valueFrom }
  }
  const [name = '', jsonKey = '', stage = '', version = ''] = rest
  const isCurrent = (stage === '' || stage === 'AWSCURRENT') && version === ''
  if (service !== 'secretsmanager' || kind !== 'secret' || name === '' || rest.length > 4 || !isCurrent)
    return undefined
  const arn = `arn:aws:secretsmanager:${region}:${account}:secret:${name}`
  return { service, registry, name, arn, ...(jsonKey !== '' && { jsonKey }) }
}

function parameterArn({ account, region }: RegistryKey, name: string): string {
  return `arn:aws:ssm:${region}:${account}:parameter${name.startsWith('/') ? '' : '/'}${name}`
}
