import { type Task, taskArn } from '../core/ecs/task.ts'

/** The labels by which Berth knows its own; those that begin with ECS's name are those of ECS's agent. */
export const labels = {
  /** Which Berth has made it. */
  owner: 'berth.owner',
  task: 'com.amazonaws.ecs.task-arn',
  family: 'com.amazonaws.ecs.task-definition-family',
  revision: 'com.amazonaws.ecs.task-definition-version',
  container: 'com.amazonaws.ecs.container-name',
  /** On what the containers of a task share: `pause`. */
  role: 'berth.role',
  digest: 'berth.image-digest',
  pullStarted: 'berth.pull-started-at',
  pullStopped: 'berth.pull-stopped-at',
} as const

/** What everything of a task carries. */
export function taskLabels(task: Task, owner: string): Record<string, string> {
  return {
    [labels.owner]: owner,
    [labels.task]: taskArn(task),
    'com.amazonaws.ecs.cluster': task.cluster.name,
    [labels.family]: task.family,
    [labels.revision]: String(task.revision),
  }
}

/** Whether labels are those of a Berth's task. */
export function areOf(task: Task, owner: string, found: Record<string, string> | null | undefined): boolean {
  return found?.[labels.owner] === owner && found[labels.task] === taskArn(task)
}

/** A filter of the engine's lists. */
export function labelled(...wanted: readonly string[]): string {
  return JSON.stringify({ label: wanted })
}
