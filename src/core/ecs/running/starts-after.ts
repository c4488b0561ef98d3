import type { ContainerDefinition, ContainerDependency } from '../container-definition.ts'

/**
 * What a container waits for before it starts: what it says itself, and that those run whose volumes or names it uses.
 *
 * @see Amazon ECS developer guide, "Task definition parameters", Container dependency
 */
export function startsAfter({
  dependsOn = [],
  volumesFrom = [],
  links = [],
}: ContainerDefinition): readonly ContainerDependency[] {
  const used = [
    ...volumesFrom.map(({ sourceContainer = '' }) => sourceContainer),
    ...links.map((link) => link.split(':')[0] ?? ''),
  ]
  return [...dependsOn, ...used.map((containerName) => ({ containerName, condition: 'START' }) as const)]
}
