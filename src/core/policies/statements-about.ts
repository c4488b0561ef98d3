import { ConditionContext } from './condition-context.ts'
import type { NamedPolicy } from './decide.ts'
import { matchesAction, matchesResource } from './matches-statement.ts'
import type { Statement } from './policy-document.ts'

/** What is asked for, whoever asks and whatever the circumstances. */
export interface Asked {
  readonly action: string
  readonly resource: string
}

/**
 * The policies with only those statements that can have a say in something: of a thousand, a handful. A statement whose resources
 * depend on the request stays.
 */
export function statementsAbout(policies: readonly NamedPolicy[], asked: Asked): readonly NamedPolicy[] {
  return policies.flatMap(({ name, document }) => {
    const statements = document.statements.filter((statement) => canMatter(statement, asked))
    return statements.length === 0 ? [] : [{ name, document: { statements } }]
  })
}

function canMatter({ actions, resources }: Statement, { action, resource }: Asked): boolean {
  if (!matchesAction(actions, action)) return false
  if (resources === undefined) return true
  const nothingKnown = new ConditionContext()
  const fits = matchesResource(resources, resource, nothingKnown)
  return fits || nothingKnown.asked.length > 0
}
