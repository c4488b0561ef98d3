import { type ClusterKey, clusterArn } from '../cluster.ts'
import type { ContainerInstance, InstanceState } from '../container-instance.ts'
import { requiredAttributes } from '../registering/required-attributes.ts'
import { type Needs, needsOfTask, noInstances, placeTasks } from '../scheduling/place-tasks.ts'
import type { Obstacle } from '../scheduling/turn.ts'
import type { Task } from '../task.ts'
import type { TaskDefinitionContent } from '../task-definition.ts'
import type { TaskRules } from '../task-rules.ts'
import type { PlacementConstraint } from './constraints.ts'
import { instanceAttributes } from './instance-attributes.ts'
import { parseQuery } from './parse-query.ts'
import { type QueriedInstance, queriedInstance } from './queried-instance.ts'

/** A cluster's instance as it is when tasks are to be placed there. */
export interface PlaceToBe {
  readonly cluster: ClusterKey
  readonly instance: ContainerInstance
  readonly state: InstanceState
  /** All tasks that are there, of whatever cluster. */
  readonly others: readonly Task[]
  readonly rules: TaskRules
}

/** So many equal tasks that look for a place. */
export interface Homeless {
  readonly content: TaskDefinitionContent
  readonly needs: Needs
  readonly group: string
  readonly count: number
  /** Besides those of the definition. */
  readonly constraints: readonly PlacementConstraint[]
  /** Whether somebody has named the instance, whatever the constraints say. */
  readonly isNamed?: boolean
}

/** How many tasks find a place, and what keeps out the others. */
export interface Placed {
  readonly fits: number
  readonly obstacle?: Obstacle
}

/**
 * How many of some equal tasks a cluster's instance takes, given what they need of it and where they want to be.
 *
 * @see Amazon ECS API reference, "API failure reasons"; Amazon ECS developer guide, "Amazon ECS service event messages"
 */
export function findPlace(place: PlaceToBe, homeless: Homeless): Placed {
  const { instance, others } = place
  if (place.state.status === 'DRAINING') return { fits: 0, obstacle: { ...noInstances, reason: 'INACTIVE' } }
  const objection = objectionOf(place, homeless)
  const closest = `The closest matching (container-instance ${instance.id})`
  if (objection !== undefined) {
    return { fits: 0, obstacle: { text: `${closest} ${objection.text}`, reason: objection.reason } }
  }
  const { fits, obstacle } = placeTasks(instance, others.map(needsOfTask), homeless)
  return isDistinct(homeless) && fits > 1
    ? { fits: 1, obstacle: { text: `${closest} ${distinct.text}`, reason: distinct.reason } }
    : { fits, ...(obstacle !== undefined && { obstacle }) }
}

const distinct = unsatisfied('DistinctInstance')

function objectionOf(
  place: PlaceToBe,
  homeless: Homeless,
): { readonly text: string; readonly reason: string } | undefined {
  const { instance, rules, state, cluster } = place
  const attributes = instanceAttributes(instance, { rules, region: cluster.region, state })
  if (!requiredAttributes(homeless.content).every((name) => attributes.has(name))) {
    return { text: 'is missing an attribute required by your task.', reason: 'ATTRIBUTE' }
  }
  if (homeless.isNamed) return undefined
  const asked = asQueried(place)
  if (!expressionsOf(homeless).every((expression) => parseQuery(expression)(asked))) {
    return unsatisfied('MemberOf')
  }
  return isDistinct(homeless) && asked.valuesOf('task:group').includes(homeless.group) ? distinct : undefined
}

/** The instance as expressions of its cluster ask for it. */
export function asQueried({ cluster, instance, others, rules, state }: PlaceToBe): QueriedInstance {
  const attributes = instanceAttributes(instance, { rules, region: cluster.region, state })
  const own = others.filter((task) => clusterArn(task.cluster) === clusterArn(cluster))
  const groups = own.map(({ group }) => group)
  return queriedInstance({ attributes, groups, runningTasksCount: own.length })
}

function expressionsOf({ content, constraints }: Homeless): readonly string[] {
  return [...(content.placementConstraints ?? []), ...constraints].flatMap(
    ({ expression }) => expression ?? [],
  )
}

function isDistinct({ constraints, isNamed }: Homeless): boolean {
  return !isNamed && constraints.some(({ type }) => type === 'distinctInstance')
}

function unsatisfied(type: string) {
  const reason = `${type} placement constraint unsatisfied.`
  return { text: `encountered error "${reason}".`, reason }
}
