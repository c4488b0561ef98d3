import type { RepositoryKey } from '../names/registry-key.ts'
import type { Occurrence } from './event.ts'
import { inspectorSource } from './inspector-scanned.ts'

/** A finding as Amazon Inspector describes it. */
interface InspectorFinding {
  /** The images that have it. */
  readonly resources: readonly { readonly id: string }[]
}

/**
 * A finding of enhanced scanning is new, or gone: `status` in its detail is `ACTIVE`, `SUPPRESSED` or `CLOSED`.
 *
 * @see Amazon Inspector user guide, "Amazon EventBridge event schema", findings
 */
export function inspectorFound({ account, region }: RepositoryKey, finding: InspectorFinding): Occurrence {
  return {
    registry: { account, region },
    source: inspectorSource,
    detailType: 'Inspector2 Finding',
    resources: finding.resources.map(({ id }) => id),
    detail: { ...finding },
  }
}
