import { activationJobKind, readActivationJob } from '../../src/core/images/activation-job.ts'
import { readReferrersJob, referrersJobKind } from '../../src/core/images/referrers-job.ts'
import { lifecycleJobKind, readLifecycleJob } from '../../src/core/lifecycle/lifecycle-jobs.ts'
import { readReplicationJob, replicationJobKind } from '../../src/core/replication/replication-job.ts'
import { activateImage } from '../../src/registry/activate-image.ts'
import { deleteReferrers } from '../../src/registry/delete-referrers.ts'
import type { Registry } from '../../src/registry/registry.ts'
import { replicateImage } from '../../src/registry/replication/replicate-image.ts'
import { runLifecycle } from '../../src/registry/run-lifecycle.ts'

const day = 24 * 60 * 60 * 1000

/** Runs the lifecycle policies that are asked for, as if their time had come. */
export function runLifecycles(registry: Registry): Promise<void> {
  const rhythm = { signal: new AbortController().signal, rest: async () => {} }
  return runAll(registry, lifecycleJobKind, async (key) => {
    await runLifecycle(registry, readLifecycleJob(key), rhythm)
  })
}

export function runReplications(registry: Registry): Promise<void> {
  return runAll(registry, replicationJobKind, (key) =>
    replicateImage(registry, readReplicationJob(key), async () => true),
  )
}

export function runActivations(registry: Registry): Promise<void> {
  return runAll(registry, activationJobKind, async (key) => {
    const { repository, digest } = readActivationJob(key)
    await activateImage(registry, repository, digest)
  })
}

/** Those alone whose time has come. */
export function runReferrerDeletions(registry: Registry): Promise<void> {
  const { signal } = new AbortController()
  const run = (key: string) => deleteReferrers(registry, readReferrersJob(key), signal)
  return runAll(registry, referrersJobKind, run, 0)
}

/** @param ahead how many milliseconds before they are due jobs are run */
async function runAll(
  { metadata, now }: Pick<Registry, 'metadata' | 'now'>,
  kind: string,
  run: (key: string) => Promise<void>,
  ahead = day,
): Promise<void> {
  const soon = new Date(now().getTime() + ahead)
  const wanted = { kind, limit: 100, now: soon, until: soon, lease: crypto.randomUUID() }
  const jobs = await metadata.write((tx) => tx.jobs.take(wanted))
  for (const job of jobs) {
    await run(job.key)
    await metadata.write((tx) => tx.jobs.finish(job, { at: now() }))
  }
  if (jobs.length > 0) await runAll({ metadata, now }, kind, run, ahead)
}
