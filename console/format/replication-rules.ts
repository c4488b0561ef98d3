import type { ReplicationRule } from '@aws-sdk/client-ecr'
import { readNames } from './name-list.ts'

/** One destination as the form shows it. */
export interface DestinationRow {
  readonly region: string
  readonly registryId: string
  /** Beginnings of repositories' names with commas between them; every repository without any. */
  readonly prefixes: string
}

/** A row for each destination of each rule. */
export function rowsOfRules(rules: readonly ReplicationRule[]): DestinationRow[] {
  return rules.flatMap(({ destinations = [], repositoryFilters = [] }) => {
    const prefixes = repositoryFilters.map(({ filter }) => filter).join(', ')
    return destinations.map(({ region = '', registryId = '' }) => ({ region, registryId, prefixes }))
  })
}

/** The rules that rows stand for: destinations of the same repositories share one, since a registry has ten at the most. */
export function rulesOfRows(rows: readonly DestinationRow[]): ReplicationRule[] {
  const rules = Map.groupBy(rows, ({ prefixes }) => readNames(prefixes).join(' '))
  return [...rules].map(([prefixes, of]) => {
    const destinations = of.map(({ region, registryId }) => ({ region, registryId: registryId.trim() }))
    const repositoryFilters = readNames(prefixes).map((filter) => ({
      filter,
      filterType: 'PREFIX_MATCH' as const,
    }))
    return { destinations, ...(repositoryFilters.length > 0 && { repositoryFilters }) }
  })
}
