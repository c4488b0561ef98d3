import type { JobState } from '../stores/metadata/jobs.ts'
import type { Registry } from './registry.ts'

const batch = 500

/** Asks for all jobs of a kind, or for the one of a key, to run as soon as a worker is free; resolves to how many that are. */
export async function runJobsNow(
  { metadata }: Pick<Registry, 'metadata'>,
  { kind, key }: { readonly kind: string; readonly key?: string | undefined },
  at: Date,
): Promise<number> {
  if (key !== undefined) {
    await metadata.write((tx) => tx.jobs.add({ kind, key }, at))
    return 1
  }
  let count = 0
  let jobs: JobState[] = []
  do {
    jobs = await metadata.jobs.list({ kind, after: jobs.at(-1), limit: batch })
    await metadata.write(async (tx) => {
      for (const job of jobs) await tx.jobs.add({ kind, key: job.key }, at)
    })
    count += jobs.length
  } while (jobs.length === batch)
  return count
}
