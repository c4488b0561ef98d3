import { setImmediate as turnOfOthers } from 'node:timers/promises'
import { lifecyclePreviewJobKind, readLifecycleJob } from '../../core/lifecycle/lifecycle-jobs.ts'
import type { Registry } from '../../registry/registry.ts'
import { runLifecyclePreview } from '../../registry/run-lifecycle-preview.ts'
import type { JobKind } from '../job-kind.ts'

/** Makes previews of lifecycle policies, for which somebody waits, and forgets old ones. */
export function previewLifecycleKind(registry: Registry): JobKind {
  return {
    name: lifecyclePreviewJobKind,
    atOnce: 4,
    run: ({ key, signal, attempt }) =>
      runLifecyclePreview(registry, readLifecycleJob(key), { signal, attempt, rest: () => turnOfOthers() }),
  }
}
