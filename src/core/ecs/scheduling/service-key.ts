import { isAccountId } from '../../names/account-id.ts'
import { isRegion } from '../../names/region.ts'
import type { ClusterKey } from '../cluster.ts'
import { requireInCluster } from '../cluster-member.ts'
import { EcsInvalidParameterError } from '../errors.ts'

export interface ServiceKey {
  readonly cluster: ClusterKey
  readonly name: string
}

/** `arn:aws:ecs:<region>:<account>:service/<cluster>/<name>` */
export function serviceArn({ cluster, name }: ServiceKey): string {
  return `arn:aws:ecs:${cluster.region}:${cluster.account}:service/${cluster.name}/${name}`
}

/** The service of a cluster that a name or an ARN names. @throws EcsInvalidParameterError for any other text */
export function parseService(text: string, cluster: ClusterKey): ServiceKey {
  const key = text.startsWith('arn:') ? parseServiceArn(text) : { cluster, name: text }
  if (key === undefined || !isServiceName(key.name)) {
    throw new EcsInvalidParameterError('Invalid identifier: Identifier is for service.')
  }
  requireInCluster(key.cluster, cluster)
  return key
}

/** The service that an ARN names, or undefined for any other text. */
export function parseServiceArn(text: string): ServiceKey | undefined {
  const match = /^arn:aws:ecs:([^:]*):([^:]*):service\/([\w-]{1,255})\/([\w-]{1,255})$/.exec(text)
  const [, region = '', account = '', cluster = '', name = ''] = match ?? []
  if (!isRegion(region) || !isAccountId(account)) return undefined
  return { cluster: { account, region, name: cluster }, name }
}

/** `arn:aws:ecs:<region>:<account>:service-deployment/<cluster>/<name>/<id>` */
export function serviceDeploymentArn(key: ServiceKey, id: string): string {
  return `${serviceArn(key).replace(':service/', ':service-deployment/')}/${id}`
}

/** `arn:aws:ecs:<region>:<account>:service-revision/<cluster>/<name>/<id>` */
export function serviceRevisionArn(key: ServiceKey, id: string): string {
  return `${serviceArn(key).replace(':service/', ':service-revision/')}/${id}`
}

/** The service and the number that such an ARN names, or undefined for any other text. */
export function parseDeploymentArn(
  text: string,
  kind: 'service-deployment' | 'service-revision',
): { readonly service: ServiceKey; readonly id: string } | undefined {
  const match = /^(.*):(service-\w+)\/(.*)\/([^/]*)$/.exec(text)
  const [, owner = '', found, name = '', id = ''] = match ?? []
  const service = parseServiceArn(`${owner}:service/${name}`)
  return found === kind && service !== undefined ? { service, id } : undefined
}

/** @see Amazon ECS API reference, CreateService, serviceName: up to 255 letters, digits, hyphens and underscores */
export function isServiceName(text: string): boolean {
  return /^[\w-]{1,255}$/.test(text)
}

/** `demo/web`: as people name a service of a known account and region. */
export function shortServiceName({ cluster, name }: ServiceKey): string {
  return `${cluster.name}/${name}`
}

export const serviceJobKind = 'run-service'

/** The service of an ARN that was made here. @throws RangeError for any other text */
export function readServiceJob(arn: string): ServiceKey {
  const key = parseServiceArn(arn)
  if (key === undefined) throw new RangeError(`${arn} is no service's ARN`)
  return key
}

/** The job that keeps one service as it should be. */
export function serviceJob(key: ServiceKey) {
  return { kind: serviceJobKind, key: serviceArn(key) }
}
