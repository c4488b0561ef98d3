import { expect, test } from 'vitest'
import { parseAccountId } from '../names/account-id.ts'
import { parseRegion } from '../names/region.ts'
import { awsLogStream, readAwsLogs } from './awslogs.ts'

const account = parseAccountId('111122223333')
const options = { 'awslogs-region': 'eu-west-1', 'awslogs-group': '/ecs/web' }
const group = { account, region: parseRegion('eu-west-1'), name: '/ecs/web' }

function read(more: Readonly<Record<string, string>> = {}, logDriver: 'awslogs' | 'json-file' = 'awslogs') {
  return readAwsLogs({ logConfiguration: { logDriver, options: { ...options, ...more } } }, account)
}

test('a container says the group of its output, whether it is to be made, and the prefix of its stream', () => {
  expect(read()).toEqual({ group, makesGroup: false })
  expect(read({ 'awslogs-create-group': 'true', 'awslogs-stream-prefix': 'app' })).toEqual({
    group,
    prefix: 'app',
    makesGroup: true,
  })
  expect(read({ 'awslogs-create-group': 'false' })?.makesGroup).toBe(false)
})

test.each([
  ['another driver', read({}, 'json-file')],
  ['none', readAwsLogs({}, account)],
  ['no region', read({ 'awslogs-region': 'nowhere/else' })],
  ["no group's name", read({ 'awslogs-group': 'a group' })],
  ['no options', readAwsLogs({ logConfiguration: { logDriver: 'awslogs' } }, account)],
])('there is nowhere to put output with %s', (_what, found) => {
  expect(found).toBeUndefined()
})

test('a stream with a prefix says whose output it is, one without has the id that the engine gave', () => {
  const container = { name: 'nginx', runtimeId: 'c0ffee' }
  const logs = { group, makesGroup: false }
  expect(awsLogStream({ ...logs, prefix: 'app' }, { id: 'task' }, container)).toEqual({
    group,
    name: 'app/nginx/task',
  })
  expect(awsLogStream(logs, { id: 'task' }, container).name).toBe('c0ffee')
})
