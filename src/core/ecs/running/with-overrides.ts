import type { Task, TaskContainer } from '../task.ts'

/** A container as this task runs it: its definition, with what the request has changed. @see Amazon ECS API reference, ContainerOverride */
export function withOverrides(
  container: TaskContainer,
  { overrides }: Pick<Task, 'overrides'>,
): TaskContainer {
  const { definition } = container
  const override = overrides.find(({ name }) => name === definition.name)
  if (override === undefined) return container
  const { name: _, environment = [], ...others } = override
  return {
    ...container,
    definition: {
      ...definition,
      ...others,
      environment: [...(definition.environment ?? []), ...environment],
    },
  }
}
