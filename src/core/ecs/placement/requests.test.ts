import { describe, expect, test } from 'vitest'
import { checkConstraints, type PlacementConstraint } from './constraints.ts'
import { checkStrategy, type PlacementStrategy } from './strategy.ts'

const anywhere: PlacementConstraint = { type: 'memberOf', expression: 'attribute:stack == prod' }

describe('placement constraints', () => {
  test('may be ten, and no more', () => {
    expect(() => checkConstraints([])).not.toThrow()
    expect(() => checkConstraints(Array.from({ length: 10 }, () => anywhere))).not.toThrow()
    expect(() => checkConstraints(Array.from({ length: 11 }, () => anywhere))).toThrow(
      'placementConstraints can have at most 10 items.',
    )
  })

  test.each<[string, PlacementConstraint]>([
    ['A memberOf placement constraint requires an expression.', { type: 'memberOf' }],
    [
      'A distinctInstance placement constraint does not support an expression.',
      { type: 'distinctInstance', expression: 'attribute:stack == prod' },
    ],
  ])('are refused: %s', (message, constraint) => {
    expect(() => checkConstraints([constraint])).toThrow(message)
  })

  test('may keep tasks apart, and an expression must be one', () => {
    expect(() => checkConstraints([{ type: 'distinctInstance' }])).not.toThrow()
    expect(() => checkConstraints([{ type: 'memberOf', expression: 'attribute:stack ==' }])).toThrow()
  })
})

describe('placement strategies', () => {
  test.each<PlacementStrategy>([
    { type: 'random' },
    { type: 'binpack', field: 'CPU' },
    { type: 'binpack', field: 'memory' },
    { type: 'spread', field: 'instanceId' },
    { type: 'spread', field: 'host' },
    { type: 'spread', field: 'attribute:ecs.availability-zone' },
  ])('may be $type by $field', (strategy) => {
    expect(() => checkStrategy(Array.from({ length: 5 }, () => strategy))).not.toThrow()
    expect(() => checkStrategy(Array.from({ length: 6 }, () => strategy))).toThrow(
      'placementStrategy can have at most 5 items.',
    )
  })

  test.each<PlacementStrategy>([
    { type: 'random', field: 'cpu' },
    { type: 'binpack' },
    { type: 'binpack', field: 'host' },
    { type: 'spread' },
    { type: 'spread', field: 'cpu' },
    { type: 'spread', field: 'attribute:' },
    { field: 'host' },
  ])('may not be %o', ({ type, field }) => {
    expect(() => checkStrategy([{ type: 'random' }, { type, field } as PlacementStrategy])).toThrow(
      `The field '${field ?? ''}' is not valid for the placement strategy '${type ?? ''}'.`,
    )
  })
})
