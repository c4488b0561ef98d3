import { expect, test } from 'vitest'
import { parseAccountId } from '../names/account-id.ts'
import { parseRegion } from '../names/region.ts'
import { LogsParameterError } from './errors.ts'
import { checkRetention, logGroupArn, parseLogGroupArn } from './log-group.ts'

const group = {
  account: parseAccountId('111122223333'),
  region: parseRegion('eu-west-1'),
  name: '/ecs/web',
}

test('a group is read from the ARN that was written of it, with a star behind or without', () => {
  expect(parseLogGroupArn(logGroupArn(group))).toEqual(group)
  expect(parseLogGroupArn(`${logGroupArn(group)}:*`)).toEqual(group)
})

test.each([
  'arn:aws:logs::111122223333:log-group:a',
  'arn:aws:logs:eu-west-1:1:log-group:a',
  'arn:aws:logs:eu-west-1:111122223333:log-group:',
  'arn:aws:logs:eu-west-1:111122223333:log-group:a b',
  'arn:aws:logs:eu-west-1:111122223333:log-group:a:log-stream:b',
  '/ecs/web',
])('%s is no group', (text) => {
  expect(parseLogGroupArn(text)).toBeUndefined()
})

test('events are kept for as many days as CloudWatch Logs offers, and no others', () => {
  for (const days of [1, 30, 365, 3653]) expect(() => checkRetention(days)).not.toThrow()
  for (const days of [0, 2, 366, 3654]) expect(() => checkRetention(days)).toThrow(LogsParameterError)
})
