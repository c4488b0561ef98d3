/** What a task may only where the operator lets it, since it reaches beyond its own containers. */
export const taskRights = [
  'privileged',
  'host-network',
  'host-pid',
  'host-ipc',
  'devices',
  'capabilities',
  'security-options',
  'volume-drivers',
] as const

export type TaskRight = (typeof taskRights)[number]

/** What the operator lets tasks do. Task definitions come from whoever may register them, so each right is off until given. */
export interface TaskRules {
  readonly rights: ReadonlySet<TaskRight>
  /** Folders of the engine's machine that tasks may mount, exactly as they are named: what lies below one may be a link elsewhere. */
  readonly folders: ReadonlySet<string>
  /** Whether tasks have a way to ask this Berth for credentials. */
  readonly hasEndpoint: boolean
  /** Whether there are environment files. */
  readonly hasFiles: boolean
}

/** Nothing beyond the task itself. */
export const strictTaskRules: TaskRules = {
  rights: new Set(),
  folders: new Set(),
  hasEndpoint: false,
  hasFiles: false,
}
