import type { Messaging } from '../messaging.ts'
import type { TargetContent } from './content.ts'
import { type Outcome, refused } from './outcome.ts'

export async function callApiDestination(
  _messaging: Messaging,
  { target }: TargetContent,
  _signal: AbortSignal,
): Promise<Outcome> {
  return refused(`There is no API destination ${target.Arn}`)
}
