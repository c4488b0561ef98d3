import { isDigest } from '../../names/digest.ts'
import { ownMember } from '../../own-member.ts'
import type { ContainerDefinition } from '../container-definition.ts'
import type { Task } from '../task.ts'
import type { Deployment } from './deployment.ts'
import type { ServiceTask } from './service-task.ts'

/**
 * Containers that are to run one image in all tasks of a deployment, though they name it by a tag, and which one isn't known yet.
 *
 * @see Amazon ECS API reference, ContainerDefinition, versionConsistency
 */
export function unpinned({
  content,
  digests = {},
}: Pick<Deployment, 'content' | 'digests'>): readonly ContainerDefinition[] {
  return content.containerDefinitions.filter(
    ({ name = '', image = '', versionConsistency }) =>
      versionConsistency !== 'disabled' && !image.includes('@') && ownMember(digests, name) === undefined,
  )
}

/** A deployment that knows what the images of its tasks have turned out to be. */
export function pinImages(deployment: Deployment, tasks: readonly Task[]): Deployment {
  const containers = tasks
    .filter(({ startedBy }) => startedBy === deployment.id)
    .toSorted((one, other) => one.createdAt - other.createdAt)
    .flatMap((task) => task.containers)
  const found = unpinned(deployment).flatMap(({ name = '' }) => {
    const pulled = containers.find(({ definition, imageDigest }) => definition.name === name && imageDigest)
    const { imageDigest = '' } = pulled ?? {}
    return isDigest(imageDigest) ? [[name, imageDigest] as const] : []
  })
  if (found.length === 0) return deployment
  return { ...deployment, digests: { ...deployment.digests, ...Object.fromEntries(found) } }
}

/**
 * How many tasks of a deployment may start by now: one, until its images are known, which all others run.
 *
 * @see Amazon ECS developer guide, "Container image resolution"
 */
export function mayStart(deployment: Deployment, seen: ReadonlyMap<string, ServiceTask>): number {
  const phases = deployment.tasks.map(({ id }) => seen.get(id)?.phase)
  // By then each of its images was pulled, and its registry has told a digest or never will.
  const isKnown = deployment.hasBeenUp || phases.includes('running')
  if (isKnown || unpinned(deployment).length === 0) return Number.POSITIVE_INFINITY
  return phases.includes('pending') ? 0 : 1
}
