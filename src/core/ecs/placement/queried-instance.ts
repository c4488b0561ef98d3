import type { Attributes } from './instance-attributes.ts'

/** An instance as expressions ask for it. */
export interface QueriedInstance {
  /** What it has of an attribute, or of something else: nothing without it, and an empty text for an attribute without a value. */
  valuesOf(subject: string): readonly string[]
}

/** What an expression can ask for of an instance. */
export interface InstanceFacts {
  readonly attributes: Attributes
  /** Of tasks that are there. */
  readonly groups: readonly string[]
  readonly runningTasksCount: number
}

const prefix = 'attribute:'

export function queriedInstance({ attributes, groups, runningTasksCount }: InstanceFacts): QueriedInstance {
  return {
    valuesOf(subject) {
      if (subject === 'task:group') return groups
      if (subject === 'runningTasksCount') return [String(runningTasksCount)]
      if (subject === 'agentConnected') return ['true']
      const name = subject.slice(prefix.length)
      return attributes.has(name) ? [attributes.get(name) ?? ''] : []
    },
  }
}
