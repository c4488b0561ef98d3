import type { Task } from '../core/ecs/task.ts'
import type { Extras, Variable } from './engine.ts'
import { type Gateway, gatewayAddress } from './gateway.ts'
import type { TaskEndpoint } from './task-work.ts'

/** Where a container asks for what. */
export interface TaskPaths {
  credentials(task: Task, container: string): { readonly path: string; readonly token: string }
  metadata(task: Task, container: string): string
}

/** There is nothing to see to. */
const alwaysOpen = { open: async () => undefined, obstacle: async () => undefined }

/** Tasks are left to themselves. */
export const noEndpoint: TaskEndpoint = {
  ...alwaysOpen,
  extrasFor: (task) => ({ defaults: regionOf(task), fixed: [] }),
}

/** Tasks reach this Berth by a URL that its operator knows to lead there. */
export function endpointAt(url: string, paths: TaskPaths): TaskEndpoint {
  return {
    ...alwaysOpen,
    extrasFor: (task, container) => {
      const { path, token } = paths.credentials(task, container)
      return extras(task, { url, metadata: paths.metadata(task, container) }, [
        { name: 'AWS_CONTAINER_CREDENTIALS_FULL_URI', value: `${url}${path}` },
        { name: 'AWS_CONTAINER_AUTHORIZATION_TOKEN', value: token },
      ])
    },
  }
}

/** Tasks reach this Berth at the address that SDKs expect. */
export function gatewayEndpoint(gateway: Gateway, paths: TaskPaths): TaskEndpoint {
  return {
    open: () => gateway.open(),
    obstacle: () => gateway.obstacle(),
    extrasFor(task, container) {
      if (task.networkMode === 'none') return noEndpoint.extrasFor(task, container)
      const { path, token } = paths.credentials(task, container)
      const url = `http://${gatewayAddress}`
      return extras(task, { url, metadata: paths.metadata(task, container) }, [
        { name: 'AWS_CONTAINER_CREDENTIALS_RELATIVE_URI', value: `${path}/${token}` },
      ])
    },
  }
}

function extras(
  task: Task,
  { url, metadata }: { readonly url: string; readonly metadata: string },
  credentials: readonly Variable[],
): Extras {
  return {
    defaults: [...regionOf(task), { name: 'AWS_ENDPOINT_URL', value: url }],
    fixed: [
      { name: 'ECS_CONTAINER_METADATA_URI_V4', value: `${url}${metadata}` },
      ...(task.taskRoleArn === undefined ? [] : credentials),
    ],
  }
}

function regionOf({ cluster: { region } }: Task): Variable[] {
  return [
    { name: 'AWS_REGION', value: region },
    { name: 'AWS_DEFAULT_REGION', value: region },
    { name: 'AWS_EXECUTION_ENV', value: 'AWS_ECS_EC2' },
  ]
}
