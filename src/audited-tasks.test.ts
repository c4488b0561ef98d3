import { expect, test } from 'vitest'
import { auditedTasks } from './audited-tasks.ts'
import { parseAccountId } from './core/names/account-id.ts'
import { parseRegion } from './core/names/region.ts'
import { AccessDeniedError } from './core/policies/errors.ts'
import { TaskRefusedError, type TaskRequest } from './messaging/start-tasks.ts'

const account = parseAccountId('123456789012')
const definition = 'arn:aws:ecs:us-east-1:123456789012:task-definition/web:1'
const request: TaskRequest = {
  rule: { account, region: parseRegion('us-east-1'), bus: 'default', name: 'pushes' },
  cluster: 'arn:aws:ecs:us-east-1:123456789012:cluster/default',
  role: 'arn:aws:iam::123456789012:role/runner',
  parameters: { TaskDefinitionArn: definition },
  input: '{}',
  token: 'token-1',
}

/** What the trail is told of a start that ends so. */
async function told(start: () => Promise<readonly string[]>) {
  const records: object[] = []
  const trail = { add: (record: object) => void records.push(record) }
  const startTasks = auditedTasks(start, { trail, now: () => new Date(0) })
  await startTasks(request).catch(() => {})
  return records
}

const fail = (error: Error) => async () => {
  throw error
}

test('a task that a rule has run stands in the trail, with the rule and the role', async () => {
  expect(await told(async () => ['arn:task'])).toMatchObject([
    {
      account,
      principal: request.role,
      action: 'ecs:RunTask',
      resource: definition,
      outcome: 'success',
      sourceAddress: 'events.amazonaws.com',
      parameters: { rule: 'arn:aws:events:us-east-1:123456789012:rule/pushes' },
      result: { taskArns: ['arn:task'] },
    },
  ])
})

test.each([
  ['denied', new TaskRefusedError('The role does not trust EventBridge')],
  ['denied', new TaskRefusedError('No', { cause: new AccessDeniedError('No') })],
  ['failed', new TaskRefusedError('Gone', { cause: new Error('Gone') })],
])('a refusal is told as %s', async (outcome, error) => {
  expect(await told(fail(error))).toMatchObject([{ outcome, resource: definition }])
})

test('what is tried again is not told yet', async () => {
  expect(await told(fail(new Error('No room')))).toEqual([])
})
