import type { Acceptances } from '../../core/scanning/acceptance.ts'
import type { PullGate } from '../../core/scanning/pull-gate.ts'
import type { CacheLifetime } from '../cache-lifetime.ts'
import { RememberedReads } from '../remembered-reads.ts'

/** What owners have said of findings, remembered, since each pull and each list of images asks. Whoever changes it drops it. */
export class FindingRules {
  /** By the store's id of the repository, which is never given twice. */
  readonly gates: RememberedReads<number, { readonly gate: PullGate | undefined }>
  /** By `registryCacheKey`. */
  readonly acceptances: RememberedReads<string, Acceptances>

  constructor(lifetime: CacheLifetime) {
    this.gates = new RememberedReads(lifetime)
    this.acceptances = new RememberedReads(lifetime)
  }

  clear(): void {
    this.gates.clear()
    this.acceptances.clear()
  }
}
