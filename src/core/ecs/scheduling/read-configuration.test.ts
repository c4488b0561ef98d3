import { expect, test } from 'vitest'
import { EcsInvalidParameterError } from '../errors.ts'
import { readConfiguration } from './read-configuration.ts'

const off = { enable: false, rollback: false }
const on = { enable: true, rollback: true }

test('what a request leaves out is what ECS takes for granted, or stays', () => {
  expect(readConfiguration(undefined, 'REPLICA')).toEqual({
    maximumPercent: 200,
    minimumHealthyPercent: 100,
    circuitBreaker: off,
  })
  const daemon = readConfiguration({ deploymentCircuitBreaker: on }, 'DAEMON')
  expect(daemon).toEqual({ maximumPercent: 100, minimumHealthyPercent: 0, circuitBreaker: on })
  expect(readConfiguration({ minimumHealthyPercent: 50 }, 'DAEMON', daemon)).toEqual({
    ...daemon,
    minimumHealthyPercent: 50,
  })
})

test.each([
  ['REPLICA', { maximumPercent: 99 }],
  ['REPLICA', { maximumPercent: 201 }],
  ['REPLICA', { minimumHealthyPercent: 101 }],
  ['REPLICA', { minimumHealthyPercent: -1 }],
  ['DAEMON', { maximumPercent: 150 }],
  ['REPLICA', { maximumPercent: 100 }],
  ['DAEMON', { minimumHealthyPercent: 100 }],
] as const)('a %s service is refused %j', (strategy, given) => {
  expect(() => readConfiguration(given, strategy)).toThrow(EcsInvalidParameterError)
})
