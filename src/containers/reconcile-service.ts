import { checkRunnable } from '../core/ecs/check-runnable.ts'
import type { ContainerInstance } from '../core/ecs/container-instance.ts'
import { findPlace } from '../core/ecs/placement/find-place.ts'
import { pinImages } from '../core/ecs/scheduling/pinned-images.ts'
import { needsOf, noInstances } from '../core/ecs/scheduling/place-tasks.ts'
import { primaryOf, type Service } from '../core/ecs/scheduling/service.ts'
import type { ServiceKey } from '../core/ecs/scheduling/service-key.ts'
import { serviceTask } from '../core/ecs/scheduling/service-task.ts'
import { stepService } from '../core/ecs/scheduling/step-service.ts'
import type { Obstacle, SchedulerSurroundings } from '../core/ecs/scheduling/turn.ts'
import type { Task } from '../core/ecs/task.ts'
import type { TaskDefinitionContent } from '../core/ecs/task-definition.ts'
import type { TaskRules } from '../core/ecs/task-rules.ts'
import { DomainError } from '../core/errors.ts'
import { actOnStep } from '../registry/ecs/act-on-step.ts'
import type { MetadataTransaction } from '../stores/metadata/metadata-store.ts'
import type { TaskWork } from './task-work.ts'

/** How long a deleted service can be described. */
const keptFor = 60 * 60 * 1000

/**
 * Looks at a service's tasks and does what comes next for it, all in one transaction: its tasks are started and stopped by jobs of
 * their own. Resolves to when to look again though no task has changed.
 */
export async function reconcileService(work: TaskWork, key: ServiceKey): Promise<Date | undefined> {
  const { metadata, now } = work.registry
  const known = await metadata.services.find(key)
  if (known === undefined) return undefined
  if (known.status === 'INACTIVE') return forget(work, known)
  const [digests, machine] = await Promise.all([digestsOf(work, known), lookAtMachine(work)])
  return metadata.write(async (tx) => {
    const service = await tx.services.lock(key)
    if (service === undefined) return undefined
    const tasks = await tx.tasks.ofService(key, idsOf(service))
    const around = await surroundingsOn(tx, work, service, machine)
    const step = stepService(withDigests(service, digests, tasks), tasks.map(serviceTask), {
      at: now().getTime(),
      newTaskId: () => work.registry.newId().replaceAll('-', ''),
      settleTime: work.settleTime,
      ...around,
    })
    await actOnStep(tx, { ...work.registry, instance: machine.instance?.id }, step)
    return step.nextAt === undefined ? undefined : new Date(step.nextAt)
  })
}

async function forget(
  { registry: { metadata, now } }: TaskWork,
  service: Service,
): Promise<Date | undefined> {
  const until = (service.inactiveAt ?? 0) + keptFor
  if (now().getTime() < until) return new Date(until)
  await metadata.write(async (tx) => {
    const known = await tx.services.lock(service)
    // It may have begun anew meanwhile.
    if (known?.status === 'INACTIVE') await tx.services.delete(service)
  })
  return undefined
}

interface LookedUp {
  readonly id: string
  readonly digests: Awaited<ReturnType<TaskWork['findDigests']>>
}

async function digestsOf({ findDigests }: TaskWork, service: Service): Promise<LookedUp> {
  const primary = primaryOf(service)
  return { id: primary.id, digests: await findDigests(service.cluster, primary) }
}

/** With the digests of images that were looked up, and of those that the first tasks have pulled. */
function withDigests(service: Service, found: LookedUp, tasks: readonly Task[]): Service {
  const deployments = service.deployments.map((one) => {
    const isLookedUp = one.id === found.id && Object.keys(found.digests).length > 0
    const known = isLookedUp ? { ...one, digests: { ...found.digests, ...one.digests } } : one
    return pinImages(known, tasks)
  })
  return { ...service, deployments }
}

function idsOf({ deployments }: Service): readonly string[] {
  return deployments.flatMap(({ tasks }) => tasks.map(({ id }) => id))
}

/** The engine's machine, and what keeps any task from running there. */
interface SeenMachine {
  readonly instance?: ContainerInstance | undefined
  readonly obstacle?: Obstacle | undefined
}

async function lookAtMachine({ findInstance, endpoint }: TaskWork): Promise<SeenMachine> {
  const instance = await findInstance()
  if (instance === undefined) return {}
  const obstacle = await endpoint.obstacle()
  return { instance, obstacle: obstacle === undefined ? undefined : { text: `Reason: ${obstacle}` } }
}

/** Where the service's tasks may be placed by now, and whether they are to leave. */
async function surroundingsOn(
  tx: MetadataTransaction,
  { registry: { taskRules: rules } }: TaskWork,
  { cluster, name, placementConstraints: constraints = [] }: Service,
  { instance, obstacle }: SeenMachine,
): Promise<Pick<SchedulerSurroundings, 'place' | 'isDraining'>> {
  if (instance === undefined) return { place: () => ({ fits: 0, obstacle: noInstances }) }
  const state = await tx.containerInstances.state(cluster, instance.id)
  const where = { cluster, instance, state, others: await tx.tasks.remaining(), rules }
  const place: SchedulerSurroundings['place'] = ({ content }, count) => {
    if (obstacle !== undefined) return { fits: 0, obstacle }
    const objection = objectionTo(content, rules)
    if (objection !== undefined) return { fits: 0, obstacle: { text: `Reason: ${objection}` } }
    const homeless = { content, needs: needsOf(content), group: `service:${name}`, count, constraints }
    return findPlace(where, homeless)
  }
  return { place, isDraining: state.status === 'DRAINING' }
}

/** What the operator has against a definition by now, if anything. */
function objectionTo(content: TaskDefinitionContent, rules: TaskRules): string | undefined {
  try {
    checkRunnable(content, rules)
    return undefined
  } catch (error) {
    if (error instanceof DomainError) return error.message
    throw error
  }
}
