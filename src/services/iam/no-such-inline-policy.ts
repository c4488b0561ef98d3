import type { EntityKind } from '../../core/iam/entity.ts'
import { NoSuchEntityError } from '../../core/iam/iam-errors.ts'

export function noSuchInlinePolicy(kind: EntityKind, name: string): NoSuchEntityError {
  return new NoSuchEntityError(`The ${kind} policy with name ${name} cannot be found.`)
}
