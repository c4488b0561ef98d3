import type { JobKind } from './job-kind.ts'

/** Everything that runs by itself. */
export function allKinds(): readonly JobKind[] {
  return []
}
