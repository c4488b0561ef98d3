import { isAccountId } from '../names/account-id.ts'
import { isRegion } from '../names/region.ts'
import type { RegistryKey } from '../names/registry-key.ts'
import { EcsInvalidParameterError } from './errors.ts'
import type { ExecLogging } from './exec/exec-logging.ts'

/** The cluster that is meant where none is named. */
export const defaultCluster = 'default'

export interface ClusterKey extends RegistryKey {
  readonly name: string
}

export interface ClusterSetting {
  readonly name: 'containerInsights'
  readonly value: 'disabled'
}

export interface Cluster extends ClusterKey {
  /** A deleted cluster stays, inactive, until its name is used again. */
  readonly status: 'ACTIVE' | 'INACTIVE'
  readonly settings: readonly ClusterSetting[]
  /** Where the output of commands in its containers is kept, if anybody has said. */
  readonly execLogging?: ExecLogging
}

/** `arn:aws:ecs:<region>:<account>:cluster/<name>` */
export function clusterArn({ account, region, name }: ClusterKey): string {
  return `arn:aws:ecs:${region}:${account}:cluster/${name}`
}

/**
 * The cluster that a name or an ARN names; a name is one of `registry`.
 *
 * @throws EcsInvalidParameterError for any other text
 * @see Amazon ECS API reference, CreateCluster, clusterName: up to 255 letters, digits, hyphens and underscores
 */
export function parseCluster(text: string, registry: RegistryKey): ClusterKey {
  const { account, region } = registry
  if (isName(text)) return { account, region, name: text }
  const key = parseClusterArn(text)
  if (key !== undefined) return key
  throw new EcsInvalidParameterError(
    text.startsWith('arn:')
      ? 'Invalid identifier: Unexpected number of separators'
      : `Cluster must match ^[a-zA-Z0-9\\-_]{1,255}$, but was ${text}`,
  )
}

/** The cluster that an ARN names, or undefined for any other text. */
export function parseClusterArn(text: string): ClusterKey | undefined {
  const match = /^arn:aws:ecs:([^:]*):([^:]*):cluster\/([^/:]*)$/.exec(text)
  const [, region = '', account = '', name = ''] = match ?? []
  return isRegion(region) && isAccountId(account) && isName(name) ? { account, region, name } : undefined
}

function isName(text: string): boolean {
  return /^[\w-]{1,255}$/.test(text)
}

/** @throws EcsInvalidParameterError unless a new cluster may have this name */
export function checkClusterName(name: string): void {
  if (isName(name)) return
  throw new EcsInvalidParameterError(
    name.length > 255
      ? 'Cluster name can have up to 255 letters (uppercase and lowercase), numbers, underscores, and hyphens.'
      : 'Cluster name contains invalid characters.',
  )
}

/**
 * Settings as a cluster keeps them.
 *
 * @throws EcsInvalidParameterError for Container Insights switched on, which Berth doesn't have, and for what is no setting
 */
export function readClusterSettings(
  given: readonly { readonly name?: string; readonly value?: string }[],
): readonly ClusterSetting[] {
  const refused = given.find(({ name, value }) => name !== 'containerInsights' || value !== 'disabled')
  if (refused !== undefined) {
    throw new EcsInvalidParameterError(
      `Invalid setting '${refused.name ?? ''}' with value '${refused.value ?? ''}': Berth offers containerInsights disabled alone.`,
    )
  }
  return [{ name: 'containerInsights', value: 'disabled' }]
}
