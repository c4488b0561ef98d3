import { expect, test } from 'vitest'
import { EcsInvalidParameterError } from '../errors.ts'
import { type ExecLogging, type GivenExecLogging, readExecLogging } from './exec-logging.ts'

const cloudWatchLogGroupName = '/ecs/exec'

test.each<[GivenExecLogging, ExecLogging]>([
  [{}, { logging: 'DEFAULT' }],
  [{ logging: 'NONE' }, { logging: 'NONE' }],
  [
    { logging: 'OVERRIDE', logConfiguration: { cloudWatchLogGroupName, s3EncryptionEnabled: false } },
    { logging: 'OVERRIDE', group: cloudWatchLogGroupName },
  ],
])('the output of commands is kept as %j says', (given, logging) => {
  expect(readExecLogging(given)).toEqual(logging)
})

test.each<[string, GivenExecLogging]>([
  ['needs a logConfiguration', { logging: 'OVERRIDE' }],
  ["not a log group's name", { logging: 'OVERRIDE', logConfiguration: { cloudWatchLogGroupName: 'a b' } }],
  ['OVERRIDE alone', { logging: 'NONE', logConfiguration: { cloudWatchLogGroupName } }],
  [
    "'s3BucketName'",
    { logging: 'OVERRIDE', logConfiguration: { cloudWatchLogGroupName, s3BucketName: 'b' } },
  ],
  [
    "'cloudWatchEncryptionEnabled'",
    { logging: 'OVERRIDE', logConfiguration: { cloudWatchLogGroupName, cloudWatchEncryptionEnabled: true } },
  ],
])('is refused: %s', (why, given) => {
  expect(() => readExecLogging(given)).toThrow(EcsInvalidParameterError)
  expect(() => readExecLogging(given)).toThrow(why)
})
