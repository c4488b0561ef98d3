import { describe, expect, test } from 'vitest'
import type { EventTarget, InputTransformer } from '../events/target.ts'
import { mistakeInInput } from './check-input.ts'
import { targetInput } from './target-input.ts'

const event = {
  id: 'e1',
  'detail-type': 'Test',
  resources: ['r1', 'r2'],
  detail: {
    t: 'x',
    u: '7a',
    list: ['A', 'B'],
    one: ['HIGH'],
    yes: true,
    o: { acc_id: '0a78', sf_id: 'baz' },
  },
}
const context = {
  event,
  ruleArn: 'arn:aws:events:us-east-1:000000000000:rule/r',
  ruleName: 'r',
  ingestedAt: new Date('2026-03-01T12:00:00.000Z'),
}
const paths = Object.fromEntries(
  ['t', 'c', 'u', 'list', 'one', 'yes', 'o'].map((name) => [name, `$.detail.${name}`]),
)

function inputOf(target: Partial<EventTarget>): string | undefined {
  return targetInput({ Id: 't', Arn: 'arn', ...target }, context)
}

function filled(template: string): string | undefined {
  return inputOf({ InputTransformer: { InputPathsMap: paths, InputTemplate: template } })
}

describe('a target gets', () => {
  test('the whole event, a constant, or what is at a path', () => {
    expect(inputOf({})).toBe(JSON.stringify(event))
    expect(inputOf({ Input: '{"a":1}' })).toBe('{"a":1}')
    expect(inputOf({ InputPath: '$.detail.o' })).toBe('{"acc_id":"0a78","sf_id":"baz"}')
    expect(inputOf({ InputPath: '$.detail.t' })).toBe('"x"')
    expect(inputOf({ InputPath: "$['detail']['list'][1]" })).toBe('"B"')
    expect(inputOf({ InputPath: '$.resources[*]' })).toBe('["r1","r2"]')
    expect(inputOf({ InputPath: '$.detail-type' })).toBe('"Test"')
    expect(inputOf({ InputPath: '$.missing' })).toBeUndefined()
    expect(inputOf({ InputPath: '$.__proto__' })).toBeUndefined()
  })

  test.each([
    ['"Event of <t>, info <c>"', '"Event of x, info "'],
    ['{"t": <t>, "c": <c>}', '{"t":"x","c":""}'],
    ['{"id": "<u>", "l": [<u>, "h"]}', '{"id":"7a","l":["7a","h"]}'],
    ['{"s": <one>}', '{"s":["HIGH"]}'],
    ['"<list> item"', '"[A,B] item"'],
    ['"Command is <yes>!"', '"Command is true!"'],
    ['"<o>"', '"{acc_id:0a78,sf_id:baz}"'],
    ['"one <t>"\n"two\\n<u>"', '"one x"\n"two\n7a"'],
    ['{"by": "<aws.events.rule-name>"}', '{"by":"r"}'],
    ['{"at": <aws.events.event.ingestion-time>}', '{"at":"2026-03-01T12:00:00.000Z"}'],
    ['{"o": <aws.events.event.json>}', `{"o":${JSON.stringify(event)}}`],
    ['{"o": <aws.events.event>}', '{"o":{"id":"e1","resources":["r1","r2"],"detailType":"Test"}}'],
  ])('of the template %s what AWS makes of it', (template, expected) => {
    expect(filled(template)).toBe(expected)
  })

  test('nothing where a JSON template comes to no JSON', () => {
    expect(filled('{"o": "<o>"}')).toBeUndefined()
  })
})

describe('what a target asks for is refused', () => {
  const mistake = (target: Partial<EventTarget>) => mistakeInInput({ Id: 't', Arn: 'arn', ...target })
  const transformer = (InputTemplate: string, InputPathsMap = {}): InputTransformer => ({
    InputPathsMap,
    InputTemplate,
  })

  test('when it is two things', () => {
    expect(mistake({ Input: '{}', InputPath: '$' })).toBe(
      'Only one of Input, InputPath, or InputTransformer must be provided for target t.',
    )
  })

  test('when it is malformed', () => {
    expect(mistake({ Input: '{' })).toBe('Input for target t must be valid JSON text.')
    expect(mistake({ InputPath: 'detail' })).toContain('InputPath')
    expect(mistake({ InputTransformer: transformer('<x>', { 'aws.x': '$' }) })).toContain('InputPathsMap')
  })

  test('when the template names what nothing defines', () => {
    expect(mistake({ InputTransformer: transformer('{"a": <b>}', { a: '$' }) })).toBe(
      'InputTemplate for target t contains invalid placeholder <b>.',
    )
    expect(
      mistake({ InputTransformer: transformer('{"a": <a>, "r": "<aws.events.rule-arn>"}', { a: '$' }) }),
    ).toBe(undefined)
  })
})
