import fc from 'fast-check'
import { expect, test } from 'vitest'
import { effectivePolicy, readDeliveryPolicy, retryDelay } from './delivery-policy.ts'

const retry = (more: object) => JSON.stringify({ healthyRetryPolicy: more })
const topic = (more: object) => JSON.stringify({ http: more })

test('a retry goes through its phases: at once, soon, later and later, late', () => {
  const { retry: policy } = readDeliveryPolicy(
    retry({
      minDelayTarget: 1,
      maxDelayTarget: 60,
      numRetries: 10,
      numNoDelayRetries: 2,
      numMinDelayRetries: 2,
      numMaxDelayRetries: 3,
      backoffFunction: 'exponential',
    }),
    'subscription',
  )
  if (policy === undefined) throw new RangeError('a policy')
  const seconds = Array.from({ length: 10 }, (_, place) => retryDelay(policy, place + 1) / 1000)
  expect(seconds).toEqual([0, 0, 1, 1, 1, 7.746, 60, 60, 60, 60])
})

test('delays never shrink, and lie between the least and the greatest', () => {
  const functions = fc.constantFrom('linear', 'arithmetic', 'geometric', 'exponential')
  fc.assert(
    fc.property(
      functions,
      fc.nat(20),
      fc.nat(20),
      fc.integer({ min: 1, max: 30 }),
      (backoffFunction, least, more, numRetries) => {
        const limits = { minDelayTarget: least + 1, maxDelayTarget: least + 1 + more }
        const { retry: policy } = readDeliveryPolicy(
          retry({ ...limits, numRetries, backoffFunction }),
          'subscription',
        )
        if (policy === undefined) throw new RangeError('a policy')
        const delays = Array.from({ length: numRetries }, (_, place) => retryDelay(policy, place + 1))
        expect(delays).toEqual(delays.toSorted((one, other) => one - other))
        expect(
          delays.every((delay) => delay >= (least + 1) * 1000 && delay <= (least + 1 + more) * 1000),
        ).toBe(true)
      },
    ),
  )
})

test("what a subscription says goes before its topic's word", () => {
  const general = topic({
    defaultHealthyRetryPolicy: { numRetries: 7 },
    defaultThrottlePolicy: { maxReceivesPerSecond: 5 },
    defaultRequestPolicy: { headerContentType: 'application/json' },
  })
  const own = JSON.stringify({ healthyRetryPolicy: { numRetries: 1 }, throttlePolicy: null })
  expect(effectivePolicy(general, own)).toMatchObject({
    retry: { numRetries: 1 },
    maxReceivesPerSecond: 5,
    contentType: 'application/json',
  })
  expect(effectivePolicy(undefined, undefined)).toEqual({})
})

test.each([
  'x',
  '[]',
  retry({ numRetries: 101 }),
  retry({ minDelayTarget: 0 }),
  retry({ minDelayTarget: 30, maxDelayTarget: 20 }),
  retry({ numRetries: 1, numNoDelayRetries: 2 }),
  retry({ numRetries: 100, minDelayTarget: 60, maxDelayTarget: 60 }),
  retry({ backoffFunction: 'x' }),
  retry({ other: 1 }),
  '{"throttlePolicy":{"maxReceivesPerSecond":0}}',
  '{"requestPolicy":{"headerContentType":"text/plain\\r\\nX: y"}}',
  '{"guaranteed":true}',
  '{"other":1}',
])('%s is refused', (text) => {
  expect(() => readDeliveryPolicy(text, 'subscription')).toThrow('Invalid parameter: DeliveryPolicy: ')
})
