import type { Attribute } from '@aws-sdk/client-ecs'
import type { Permission } from '../../access/permission.ts'
import type { ClusterKey } from '../../core/ecs/cluster.ts'
import { containerInstanceArn, type InstanceState } from '../../core/ecs/container-instance.ts'
import {
  EcsAttributeLimitError,
  EcsInvalidParameterError,
  EcsTargetNotFoundError,
} from '../../core/ecs/errors.ts'
import type { Checked } from '../checked.ts'
import type { Call } from '../service.ts'
import { instanceId } from './container-instances.ts'
import type { EcsInstanceContext } from './ecs-action.ts'
import { inCluster } from './permissions.ts'
import { requestedCluster, requireActive } from './requested-cluster.ts'

interface NamesAttributes {
  readonly cluster?: string
  readonly attributes: Checked<readonly Attribute[]>
}

/** Attributes that one request may name, and that one instance may have. @see Amazon ECS API reference, PutAttributes */
const mostAttributes = 10

/** The right to change attributes of the instances that a request names. */
export function onAttributes(
  action: 'ecs:PutAttributes' | 'ecs:DeleteAttributes',
  input: NamesAttributes,
  call: Call,
): readonly Permission[] {
  const cluster = requestedCluster(input, call)
  const ids = new Set(input.attributes.map((one) => targetOf(one, cluster)))
  return Array.from(ids.size === 0 ? ['*'] : ids, (id) =>
    inCluster(action, containerInstanceArn(cluster, id), cluster),
  )
}

/**
 * Changes what the engine's attributes are in a cluster.
 *
 * @throws EcsInvalidParameterError, EcsTargetNotFoundError unless all attributes are ones of the engine
 */
export async function changeAttributes(
  { registry: { metadata }, findInstance }: EcsInstanceContext,
  input: NamesAttributes,
  call: Call,
  change: (
    known: InstanceState['attributes'],
    given: Checked<readonly Attribute[]>,
  ) => InstanceState['attributes'],
): Promise<void> {
  const { attributes } = input
  const cluster = requestedCluster(input, call)
  if (attributes.length === 0) throw new EcsInvalidParameterError('Attributes cannot be empty.')
  if (attributes.length > mostAttributes) {
    throw new EcsInvalidParameterError(`attributes can have at most ${mostAttributes} items.`)
  }
  for (const one of attributes) checkAttribute(one)
  const instance = await findInstance()
  await metadata.write(async (tx) => {
    await requireActive(tx, cluster)
    if (attributes.some((one) => targetOf(one, cluster) !== instance?.id)) throw new EcsTargetNotFoundError()
    if (instance === undefined) return
    const known = await tx.containerInstances.state(cluster, instance.id)
    const changed = change(known.attributes, attributes)
    if (Object.keys(changed).length > mostAttributes) throw new EcsAttributeLimitError()
    await tx.containerInstances.put(cluster, instance.id, {
      ...known,
      attributes: changed,
      version: known.version + 1,
    })
  })
}

function targetOf(
  { targetId, targetType = 'container-instance' }: Checked<Attribute>,
  cluster: ClusterKey,
): string {
  if (targetType !== 'container-instance') {
    throw new EcsInvalidParameterError('Attributes of container instances alone can be changed.')
  }
  if (targetId === undefined) throw new EcsInvalidParameterError('An attribute needs a targetId.')
  return instanceId(targetId, cluster)
}

function checkAttribute({ name, value = '' }: Checked<Attribute>): void {
  if (!/^[\w.\\/-]{1,128}$/.test(name)) {
    throw new EcsInvalidParameterError(
      'An attribute name can have 1 to 128 letters, numbers, hyphens, underscores, slashes and periods.',
    )
  }
  if (/^(ecs|com\.amazonaws)\./.test(name)) {
    throw new EcsInvalidParameterError(`The attribute '${name}' is ECS's own.`)
  }
  if (value.length <= 128 && /^(\S(.*\S)?)?$/.test(value)) return
  throw new EcsInvalidParameterError(
    'An attribute value can have up to 128 characters, without spaces around.',
  )
}
