import type { ContainerInstance, InstanceState } from '../container-instance.ts'
import type { TaskRules } from '../task-rules.ts'

/** By name; undefined for an attribute without a value. */
export type Attributes = ReadonlyMap<string, string | undefined>

/** What every engine can do that Berth runs tasks on. */
const capabilities: readonly string[] = [
  ...Array.from({ length: 28 }, (_, at) => `com.amazonaws.ecs.capability.docker-remote-api.1.${at + 17}`),
  'com.amazonaws.ecs.capability.ecr-auth',
  'com.amazonaws.ecs.capability.logging-driver.awslogs',
  'com.amazonaws.ecs.capability.logging-driver.json-file',
  'ecs.capability.container-health-check',
  'ecs.capability.container-ordering',
  'ecs.capability.execution-role-awslogs',
  'ecs.capability.execution-role-ecr-pull',
  'ecs.capability.task-eni',
]

/**
 * Attributes of an instance: what it is and can do, as far as its operator lets tasks use it, and what somebody has put on it.
 *
 * @see Amazon ECS developer guide, "Amazon ECS container instance attributes"
 */
export function instanceAttributes(
  { architecture }: Pick<ContainerInstance, 'architecture'>,
  given: { readonly rules: TaskRules; readonly region: string; readonly state: InstanceState },
): Attributes {
  const { rules, region, state } = given
  const allowed = [
    ...(rules.hasEndpoint ? ['com.amazonaws.ecs.capability.task-iam-role'] : []),
    ...(rules.rights.has('privileged') ? ['com.amazonaws.ecs.capability.privileged-container'] : []),
  ]
  return new Map<string, string | undefined>([
    ['ecs.availability-zone', `${region}a`],
    ['ecs.cpu-architecture', architecture],
    ['ecs.os-family', 'LINUX'],
    ['ecs.os-type', 'linux'],
    ...[...capabilities, ...allowed].map((name) => [name, undefined] as const),
    ...Object.entries(state.attributes).map(([name, value]) => [name, value ?? undefined] as const),
  ])
}
