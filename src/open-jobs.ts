import { randomUUID } from 'node:crypto'
import type { Authoriser } from './access/authoriser.ts'
import { replicationRights } from './access/replication-rights.ts'
import type { Config } from './config/config.ts'
import { readEnvironment, scannerEnvironment } from './config/env.ts'
import { allKinds } from './jobs/all-kinds.ts'
import { JobRunner } from './jobs/job-runner.ts'

/** What runs by itself, once it is started. */
export function openJobs(
  parts: Omit<Parameters<typeof allKinds>[0], 'mayReplicate' | 'auditRetention' | 'scannerEnv'> & {
    readonly config: Config
    readonly authoriser: Authoriser
    readonly now: () => Date
  },
): JobRunner {
  const { config, registry, authoriser, now, log } = parts
  const kinds = allKinds({
    ...parts,
    mayReplicate: replicationRights(authoriser),
    auditRetention: config.auditRetention,
    scannerEnv: scannerEnvironment(readEnvironment()),
  })
  const isAlone = config.database === 'sqlite'
  return new JobRunner({ metadata: registry.metadata, kinds, now, newId: randomUUID, log, isAlone })
}
