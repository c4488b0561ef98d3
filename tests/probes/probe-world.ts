import { createHash } from 'node:crypto'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { setImmediate as turnOfOthers } from 'node:timers/promises'
import { askEcr } from '../support/ask-ecr.ts'
import { pushImage } from '../support/push-image.ts'
import type { RawAnswer } from '../support/raw-request.ts'
import { type LocalBerth, startBerth } from '../support/start-berth.ts'
import { blob, imageOf } from '../support/test-image.ts'
import type { Targets } from './examples.ts'
import { preparationsFor } from './preparations.ts'

/** What changes by itself, without anybody's request. */
const ownTables = new Set(['jobs'])
const ownColumns = new Set(['last_pulled_at'])

/** A Berth with one image, for requests to be tried on. */
export interface ProbeWorld extends AsyncDisposable {
  readonly berth: LocalBerth
  readonly targets: Targets
  /** Makes what the targets name, as far as a request has taken it away, and what the operation needs in order to succeed. */
  prepare(operation: string): Promise<void>
  ask(operation: string, input: object): Promise<RawAnswer>
  /** Another number after anything was stored. */
  version(): unknown
  /** All that is stored, but for what changes by itself; taken while nothing runs in the background. */
  fingerprint(): Promise<string>
}

export async function openProbeWorld(): Promise<ProbeWorld> {
  await using opening = new AsyncDisposableStack()
  const berth = opening.use(await startBerth())
  const file = join(berth.config.dataDir, 'metadata.db')
  const database = opening.adopt(new DatabaseSync(file, { readOnly: true }), (open) => open.close())
  const layer = blob(Buffer.from('a layer for probes'))
  const image = imageOf({}, [layer])
  const repository = 'probe/app'
  const { rootAccessKey: keyId, rootSecretKey: secret } = berth.secrets
  const ask = (operation: string, input: object) =>
    askEcr({ port: berth.port, keyId, secret }, operation, input)
  const targets = {
    account: berth.config.accountId,
    region: berth.config.region,
    repository,
    tag: 'v1',
    imageDigest: image.digest,
    layerDigest: layer.digest,
    manifest: image.manifest.toString(),
  }
  const restore = async () => {
    await ask('CreateRepository', { repositoryName: repository })
    const again = { repositoryName: repository, imageManifest: targets.manifest, imageTag: 'v1' }
    const { body } = await ask('PutImage', again)
    if (body.includes('LayersNotFound')) await pushImage(berth, repository, 'v1', image)
  }
  await restore()
  const open = opening.move()
  return {
    berth,
    targets,
    async prepare(operation) {
      await restore()
      for (const [first, input] of preparationsFor(operation, targets)) await ask(first, input)
    },
    ask,
    version: () => database.prepare('pragma data_version').get()?.data_version,
    async fingerprint() {
      while (hasWork(database)) await turnOfOthers()
      return fingerprintOf(database)
    },
    [Symbol.asyncDispose]: () => open.disposeAsync(),
  }
}

function hasWork(database: DatabaseSync): boolean {
  const running = database.prepare('select 1 from jobs where lease is not null or due_at <= ? limit 1')
  return running.get(Date.now()) !== undefined
}

function fingerprintOf(database: DatabaseSync): string {
  const tables = database.prepare("select name from sqlite_schema where type = 'table' order by name").all()
  const hash = createHash('sha256')
  for (const { name } of tables) {
    if (typeof name !== 'string' || ownTables.has(name)) continue
    for (const row of database.prepare(`select * from "${name}"`).all()) {
      const kept = Object.entries(row).filter(([column]) => !ownColumns.has(column))
      hash.update(
        `${name} ${JSON.stringify(kept, (_key, value) => (typeof value === 'bigint' ? String(value) : value))}\n`,
      )
    }
  }
  return hash.digest('hex')
}
