import { EcsInvalidParameterError } from '../errors.ts'

/** Which of several instances a task prefers. @see Amazon ECS API reference, PlacementStrategy */
export interface PlacementStrategy {
  readonly type?: 'random' | 'spread' | 'binpack'
  readonly field?: string
}

const mostStrategies = 5

/** Checks strategies; of one engine each chooses the same. @throws EcsInvalidParameterError for one that is none, and for more than five */
export function checkStrategy(strategies: readonly PlacementStrategy[]): void {
  if (strategies.length > mostStrategies) {
    throw new EcsInvalidParameterError(`placementStrategy can have at most ${mostStrategies} items.`)
  }
  const wrong = strategies.find((one) => !isStrategy(one))
  if (wrong === undefined) return
  throw new EcsInvalidParameterError(
    `The field '${wrong.field ?? ''}' is not valid for the placement strategy '${wrong.type ?? ''}'.`,
  )
}

function isStrategy({ type, field }: PlacementStrategy): boolean {
  if (type === 'random') return field === undefined
  if (type === 'binpack') return /^(cpu|memory)$/i.test(field ?? '')
  return type === 'spread' && /^(instanceId|host|attribute:\S+)$/.test(field ?? '')
}
