import { expect, test } from 'vitest'
import { sampleTask } from '../testing/sample-task.ts'
import { describeInterface } from './describe-interface.ts'

const id = '0123456789abcdef0123456789fedcba'
const subnet = { name: 'subnetId', value: 'subnet-1' }
const network = { name: 'networkInterfaceId', value: 'eni-0123456789abcdef0' }
const task = { ...sampleTask([undefined]), id }

test('a task without a network interface of its own has no attachment', () => {
  expect(describeInterface(task)).toEqual([])
})

test('an interface has ids that are made of the task’s own, and what is known of it so far', () => {
  const waiting = { ...task, interface: { subnet: 'subnet-1' } }
  expect(describeInterface(waiting)).toEqual([
    {
      id: '89fedcba-4567-0123-cdef-0123456789ab',
      type: 'ElasticNetworkInterface',
      status: 'PRECREATED',
      details: [subnet, network],
    },
  ])
  const attached = {
    ...task,
    interface: { subnet: 'subnet-1', address: '10.0.0.2', mac: '02:42:0a:00:00:02' },
  }
  expect(describeInterface(attached)).toMatchObject([
    {
      status: 'ATTACHED',
      details: [
        subnet,
        network,
        { name: 'macAddress', value: '02:42:0a:00:00:02' },
        { name: 'privateIPv4Address', value: '10.0.0.2' },
      ],
    },
  ])
  expect(describeInterface({ ...attached, status: 'STOPPED' })).toMatchObject([{ status: 'DELETED' }])
})
