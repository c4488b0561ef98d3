import { type Task, taskArn } from '../core/ecs/task.ts'

/** The labels by which Berth knows its own; those that begin with ECS's name are those of ECS's agent. */
export const labels = {
  /** Which Berth has made it. */
  owner: 'berth.owner',
  /** Since which of that one's claims. */
  claim: 'berth.claim',
  task: 'com.amazonaws.ecs.task-arn',
  family: 'com.amazonaws.ecs.task-definition-family',
  revision: 'com.amazonaws.ecs.task-definition-version',
  container: 'com.amazonaws.ecs.container-name',
  /** On what the containers of a task share: `pause`; on a claim that is shown: `claim`. */
  role: 'berth.role',
  digest: 'berth.image-digest',
  pullStarted: 'berth.pull-started-at',
  pullStopped: 'berth.pull-stopped-at',
} as const

/** The role of an empty volume that shows a claim. */
export const claimRole = 'claim'

/** Whom things on an engine belong to: a Berth's mark, and the last of its claims to it. */
export interface Owner {
  readonly mark: string
  readonly claim: string
}

/** What everything that Berth makes carries. */
export function ownerLabels({ mark, claim }: Owner): Record<string, string> {
  return { [labels.owner]: mark, [labels.claim]: claim }
}

/** What everything of a task carries. */
export function taskLabels(task: Task, owner: Owner): Record<string, string> {
  return {
    ...ownerLabels(owner),
    [labels.task]: taskArn(task),
    'com.amazonaws.ecs.cluster': task.cluster.name,
    [labels.family]: task.family,
    [labels.revision]: String(task.revision),
  }
}

/** Whether labels are those of a Berth's task. */
export function areOf(
  task: Task,
  { mark }: Owner,
  found: Record<string, string> | null | undefined,
): boolean {
  return found?.[labels.owner] === mark && found[labels.task] === taskArn(task)
}

/** A filter of the engine's lists. */
export function labelled(...wanted: readonly string[]): string {
  return JSON.stringify({ label: wanted })
}
