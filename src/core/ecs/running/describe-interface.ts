import type { Task } from '../task.ts'

/** The ids of a task's network interface: they go with the task's own. */
export function interfaceIds({ id }: Pick<Task, 'id'>) {
  const parts = [id.slice(24), id.slice(20, 24), id.slice(16, 20), id.slice(12, 16), id.slice(0, 12)]
  return { attachment: parts.join('-'), network: `eni-${id.slice(0, 17)}` }
}

/**
 * The network interface of a task as an attachment; none in network modes without one.
 *
 * @see Amazon ECS API reference, Attachment; Amazon ECS developer guide, "Amazon ECS task networking options", awsvpc
 */
export function describeInterface(task: Task) {
  if (task.interface === undefined) return []
  const { subnet, address, mac } = task.interface
  const { attachment: id, network } = interfaceIds(task)
  const details = [
    { name: 'subnetId', value: subnet },
    { name: 'networkInterfaceId', value: network },
    ...(mac === undefined ? [] : [{ name: 'macAddress', value: mac }]),
    ...(address === undefined ? [] : [{ name: 'privateIPv4Address', value: address }]),
  ]
  return [{ id, type: 'ElasticNetworkInterface', status: statusOf(task), details }]
}

function statusOf({ status, interface: own }: Task): string {
  if (status === 'STOPPED') return 'DELETED'
  return own?.address === undefined ? 'PRECREATED' : 'ATTACHED'
}
