import type { Permission } from '../../access/permission.ts'
import { EcsInvalidParameterError } from '../../core/ecs/errors.ts'
import type { ServiceDeployment } from '../../core/ecs/scheduling/service-deployment.ts'
import { parseDeploymentArn, type ServiceKey } from '../../core/ecs/scheduling/service-key.ts'
import type { MetadataReader } from '../../stores/metadata/metadata-store.ts'
import type { Call } from '../service.ts'
import { inCluster } from './permissions.ts'

type Kind = 'service-deployment' | 'service-revision'

const mostArns = 20

/** A record that an ARN names. */
export interface NamedDeployment {
  readonly arn: string
  readonly service: ServiceKey
  readonly id: string
}

/** What an ARN names. @throws EcsInvalidParameterError for any other text */
export function namedDeployment(arn: string, kind: Kind): NamedDeployment {
  const found = parseDeploymentArn(arn, kind)
  if (found !== undefined) return { arn, ...found }
  throw new EcsInvalidParameterError(`Invalid identifier: Identifier is for ${kind}.`)
}

/** The same of several. @throws EcsInvalidParameterError for none and for more than twenty */
export function namedDeployments(arns: readonly string[], kind: Kind): readonly NamedDeployment[] {
  const member = kind === 'service-deployment' ? 'serviceDeploymentArns' : 'serviceRevisionArns'
  if (arns.length === 0) throw new EcsInvalidParameterError(`${member} cannot be empty.`)
  if (arns.length <= mostArns) return arns.map((arn) => namedDeployment(arn, kind))
  throw new EcsInvalidParameterError(`${member} cannot have more than ${mostArns} elements.`)
}

/** The right to do something to a record. */
export function onDeployment(action: `ecs:${string}`, { arn, service }: NamedDeployment): Permission {
  return inCluster(action, arn, service.cluster)
}

/** Shapes those records that are there, and names the others as missing. */
export async function describeDeployments<Shape>(
  { serviceDeployments }: Pick<MetadataReader, 'serviceDeployments'>,
  named: readonly NamedDeployment[],
  shape: (service: ServiceKey, known: ServiceDeployment) => Promise<Shape> | Shape,
) {
  const found: Shape[] = []
  const failures: { arn: string; reason: string }[] = []
  for (const { arn, service, id } of named) {
    const known = await serviceDeployments.find(service, id)
    if (known === undefined) failures.push({ arn, reason: 'MISSING' })
    else found.push(await shape(service, known))
  }
  return { found, failures }
}

/** Whether a record is one of the caller's own account and region. */
export function isOwn({ service: { cluster } }: NamedDeployment, { registry }: Call): boolean {
  return cluster.account === registry.account && cluster.region === registry.region
}
