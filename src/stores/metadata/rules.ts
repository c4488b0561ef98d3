import type { BusKey, EventBus, Rule, RuleKey } from '../../core/events/rule.ts'
import type { EventTarget } from '../../core/events/target.ts'
import type { RegistryKey } from '../../core/names/registry-key.ts'

/** A page by name, in byte order. */
export interface NamePage {
  readonly prefix?: string | undefined
  readonly after?: string | undefined
  readonly limit: number
}

/** A rule with its targets. */
export interface RuleWithTargets {
  readonly rule: Rule
  readonly targets: readonly EventTarget[]
}

export interface RuleReader {
  /** A bus that was created or changed; the default one may have no row. */
  bus(key: BusKey): Promise<EventBus | undefined>
  buses(registry: RegistryKey, page: NamePage): Promise<EventBus[]>
  find(key: RuleKey): Promise<Rule | undefined>
  list(bus: BusKey, page: NamePage): Promise<Rule[]>
  countOf(bus: BusKey): Promise<number>
  /** The rule's targets by their ids. */
  targets(key: RuleKey): Promise<EventTarget[]>
  /** Names of rules of a bus that have a target of this ARN. */
  namesByTarget(bus: BusKey, arn: string, page: NamePage): Promise<string[]>
  /** The rules of a bus that are enabled and have a pattern. */
  enabled(bus: BusKey): Promise<RuleWithTargets[]>
}

export interface RuleWriter {
  putBus(bus: EventBus): Promise<void>
  deleteBus(key: BusKey): Promise<void>
  /** Adds a rule or takes its place; its targets stay. */
  put(rule: Rule): Promise<void>
  /** Deletes a rule with its targets. */
  delete(key: RuleKey): Promise<void>
  /** Adds targets of an existing rule, or takes the places of those with the same ids. */
  putTargets(key: RuleKey, targets: readonly EventTarget[]): Promise<void>
  removeTargets(key: RuleKey, ids: readonly string[]): Promise<void>
}
