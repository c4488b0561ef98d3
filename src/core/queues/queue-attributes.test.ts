import { describe, expect, test } from 'vitest'
import { allAttributes, numberOf, redriveOf, withQueueAttributes } from './queue-attributes.ts'

const isPolicy = (text: string) => text.startsWith('{')

function set(given: Readonly<Record<string, string>>, before: Readonly<Record<string, string>> = {}) {
  return withQueueAttributes(before, given, isPolicy)
}

/** The least, the most and the usual (Amazon SQS API reference, SetQueueAttributes). */
const numbers = [
  ['DelaySeconds', 0, 900, 0],
  ['MaximumMessageSize', 1_024, 1_048_576, 1_048_576],
  ['MessageRetentionPeriod', 60, 1_209_600, 345_600],
  ['ReceiveMessageWaitTimeSeconds', 0, 20, 0],
  ['VisibilityTimeout', 0, 43_200, 30],
] as const

test.each(numbers)('%s may be from %i to %i, and is %i unless told', (name, least, most, usual) => {
  for (const value of [least, most]) {
    expect(numberOf(set({ [name]: String(value) }), name)).toBe(value)
  }
  for (const value of [least - 1, most + 1, '', 'x', '1.5']) {
    expect(() => set({ [name]: String(value) })).toThrow(`Invalid value for the parameter ${name}.`)
  }
  expect(numberOf({}, name)).toBe(usual)
  expect(allAttributes({})[name]).toBe(String(usual))
})

describe('an attribute', () => {
  test('that was set stays until it is set anew, and an empty policy takes it away', () => {
    const before = set({ DelaySeconds: '5', Policy: '{}' })
    expect(before).toEqual({ DelaySeconds: '5', Policy: '{}' })
    expect(set({ DelaySeconds: '6' }, before)).toEqual({ DelaySeconds: '6', Policy: '{}' })
    expect(set({ Policy: '' }, before)).toEqual({ DelaySeconds: '5' })
  })

  test('that Berth would do nothing by is refused, but where it asks for nothing', () => {
    expect(set({ FifoQueue: 'false', KmsMasterKeyId: '' })).toEqual({})
    expect(() => set({ FifoQueue: 'true' })).toThrow("Berth does not offer FifoQueue 'true'.")
    expect(() => set({ FifoThroughputLimit: 'perQueue' })).toThrow('Berth does not offer')
  })

  test.each(['constructor', 'toString', '__proto__x', 'delayseconds'])('is not %j', (name) => {
    expect(() => set({ [name]: '1' })).toThrow(`Unknown Attribute ${name}.`)
  })
})

describe('a redrive policy', () => {
  const deadLetterTargetArn = 'arn:aws:sqs:eu-west-1:111122223333:dead'
  const policy = (facts: object) => JSON.stringify({ deadLetterTargetArn, maxReceiveCount: 1, ...facts })

  test.each([1, '1', 1000])('moves what was received %j times', (maxReceiveCount) => {
    const text = policy({ maxReceiveCount })
    const redrive = { deadLetterArn: deadLetterTargetArn, mostReceives: Number(maxReceiveCount) }
    expect(redriveOf(set({ RedrivePolicy: text }))).toEqual(redrive)
  })

  test.each([
    '[]',
    '{',
    policy({ maxReceiveCount: 0 }),
    policy({ maxReceiveCount: 1001 }),
    policy({ maxReceiveCount: 1.5 }),
    policy({ deadLetterTargetArn: 'dead' }),
    policy({ deadLetterTargetArn: 'arn:aws:sqs:eu-west-1:1:dead' }),
    policy({ deadLetterTargetArn: undefined }),
  ])('is not %s', (RedrivePolicy) => {
    expect(() => set({ RedrivePolicy })).toThrow('RedrivePolicy')
  })
})
