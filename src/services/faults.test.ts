import { expect, test } from 'vitest'
import * as eventErrors from '../core/events/errors.ts'
import * as logErrors from '../core/log-events/errors.ts'
import * as queueErrors from '../core/queues/errors.ts'
import * as topicErrors from '../core/topics/errors.ts'
import { loadModels } from '../protocols/aws/model/testing/loaded-models.ts'
import { eventsFaults, eventsPlainFaults } from './events/faults.ts'
import { logsFaults } from './logs/faults.ts'
import { snsFaults } from './sns/faults.ts'
import * as batchErrors from './sqs/batch.ts'
import { sqsFaults, sqsPlainFaults } from './sqs/faults.ts'

const services = [
  { name: 'events', errors: eventErrors, faults: eventsFaults, plain: eventsPlainFaults },
  { name: 'logs', errors: logErrors, faults: logsFaults, plain: {} },
  { name: 'sns', errors: topicErrors, faults: snsFaults, plain: {} },
  { name: 'sqs', errors: { ...queueErrors, ...batchErrors }, faults: sqsFaults, plain: sqsPlainFaults },
]

test.each(services)('every error of $name has a name on the wire, which its model knows', (service) => {
  const { name, errors, faults, plain } = service
  const classes = Object.keys(errors).filter((key) => /^[A-Z].*Error$/.test(key))
  expect(classes.filter((key) => !(key in faults) && !(key in plain))).toEqual([])
  const known = loadModels().get(name)?.exceptions
  expect(Object.values(faults).filter((shape) => !known?.has(shape))).toEqual([])
})
