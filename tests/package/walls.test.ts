import { copyFile, mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { expect, test } from 'vitest'
import { runProgram } from '../support/client.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'

const root = join(import.meta.dirname, '../..')

/** Each file imports what it must not, or reaches for what must be handed in. */
const wrong = {
  'src/core/disk.ts': "export { readFile } from 'node:fs/promises'",
  'src/core/loaded-late.ts': "export const load = () => import('node:fs')",
  'src/core/package.ts': "export { z } from 'zod'",
  'src/core/names/store.ts': "export { open } from '../../stores/open.ts'",
  'src/core/types.ts': "export type { Config } from '../config/config.ts'",
  'src/core/environment.ts': 'export const home = process.env.HOME',
  'src/core/clock.ts': 'export const wait = () => setTimeout(Date, 1)',
  'src/stores/use-case.ts': "export { put } from '../registry/put.ts'",
  'src/access/use-case.ts': "export { put } from '../registry/put.ts'",
  'src/registry/rights.ts': "export { authorise } from '../access/authorise.ts'",
  'src/registry/sql.ts': "export { sql } from 'kysely'",
  'src/services/ecr/wire.ts': "export { read } from '../../protocols/aws/read.ts'",
  'src/services/ecr/settings.ts': "export type { Config } from '../../config/config.ts'",
  'src/services/ecr/job.ts': "export { start } from '../../jobs/start.ts'",
  'src/core/scanning/layer.ts': "export { read } from '../../scanning/inventory/read-layer.ts'",
  'src/registry/layer.ts': "export { read } from '../scanning/inventory/read-layer.ts'",
  'src/scanning/inventory/use-case.ts': "export { put } from '../../registry/put.ts'",
  'src/jobs/wire.ts': "export { read } from '../protocols/aws/read.ts'",
  'src/jobs/sql.ts': "export { sql } from 'kysely'",
  'src/protocols/oci/listener.ts': "export { createServer } from 'node:http'",
  'src/protocols/oci/server.ts': "export { start } from '../../server.ts'",
  'src/config/store.ts': "export { open } from '../stores/open.ts'",
  'src/config/other-env.ts': 'export const home = process.env.HOME',
  'src/observability/store.ts': "export { open } from '../stores/open.ts'",
  'src/tls/door.ts': "export { listen } from '../protocols/http/listen.ts'",
  'src/outbound/store.ts': "export { open } from '../stores/open.ts'",
  'src/access/outbound.ts': "export { send } from '../outbound/send.ts'",
  'src/containers/action.ts': "export { run } from '../services/ecs/run-task.ts'",
  'src/services/ecs/engine.ts': "export { ask } from '../../containers/ask.ts'",
  'src/peers/store.ts': "export { open } from '../stores/open.ts'",
  'src/jobs/peer.ts': "export { PeerClient } from '../peers/peer-client.ts'",
  'src/registry/message.ts': "export { publish } from '../messaging/publish.ts'",
  'src/messaging/use-case.ts': "export { put } from '../registry/put.ts'",
  'src/logs/use-case.ts': "export { put } from '../registry/put.ts'",
  'src/registry/log.ts': "export { append } from '../logs/append.ts'",
  'src/mail/message.ts': "export { publish } from '../messaging/publish.ts'",
  'src/registry/certificate.ts': "export { make } from '../tls/make.ts'",
  'src/registry/key.ts': "export { localSigner } from '../signer/local-signer.ts'",
  'src/signer/door.ts': "export { listen } from '../protocols/http/listen.ts'",
  'console/api/server.ts': "export { berthPrefix } from '../../src/services/berth/berth-prefix.ts'",
  'console/app/disk.ts': "export { readFileSync } from 'node:fs'",
  'src/server.ts': "export { main } from './main.ts'",
  'src/open-stores.ts': "export { env } from 'node:process'",
  'cli/environment.ts': 'export const home = process.env.HOME',
}

const right = {
  'src/core/names/name.ts': "import { brand } from '../brand.ts'\nexport const name = brand('name')",
  'src/stores/metadata/sql.ts': "import { sql } from 'kysely'\nexport const query = sql`select 1`",
  'src/registry/put.ts': "import { open } from '../stores/open.ts'\nexport const opened = open()",
  'src/services/ecr/put-image.ts': "import { put } from '../../registry/put.ts'\nexport const done = put()",
  'src/stores/metadata/finding.ts':
    "import { rate } from '../../core/scanning/severity.ts'\nexport const rated = rate()",
  'src/core/scanning/feed.ts': "import { order } from '../scanning/order.ts'\nexport const first = order()",
  'src/scanning/inventory/rpm.ts':
    "import { DatabaseSync } from 'node:sqlite'\nexport const open = () => DatabaseSync",
  'src/jobs/scan.ts':
    "import { read } from '../scanning/inventory/read-layer.ts'\nexport const scan = () => read",
  'src/jobs/collect.ts': "import { put } from '../registry/put.ts'\nexport const collect = () => put",
  'src/registry/upstream.ts': "import { send } from '../outbound/send.ts'\nexport const sent = send()",
  'src/protocols/http/listen.ts':
    "import { createServer } from 'node:http'\nexport const server = createServer()",
  'src/peers/client.ts': "import { send } from '../outbound/send.ts'\nexport const sent = send()",
  'src/messaging/deliver.ts': "import { send } from '../mail/send.ts'\nexport const sent = send()",
  'src/containers/output.ts': "import { append } from '../logs/append.ts'\nexport const appended = append()",
  'src/services/sns/publish.ts': "import { send } from '../../messaging/send.ts'\nexport const sent = send()",
  'src/signer/chain.ts': "import { make } from '../tls/make.ts'\nexport const made = make()",
  'src/tls/key.ts': "import { write } from '../config/private-file.ts'\nexport const key = write()",
  'src/config/env.ts': 'export const home = process.env.HOME',
}

test('the linter refuses every import through a wall, and no other', async () => {
  await using folder = await temporaryFolder()
  await copyFile(join(root, 'biome.json'), join(folder.path, 'biome.json'))
  await mkdir(join(folder.path, 'node_modules'))
  for (const [path, text] of Object.entries({ ...wrong, ...right })) {
    await mkdir(dirname(join(folder.path, path)), { recursive: true })
    await writeFile(join(folder.path, path), `${text}\n`)
  }
  const { stdout } = await runProgram(join(root, 'node_modules/.bin/biome'), lint, { cwd: folder.path })
  expect(filesNamedIn(stdout, 'noRestricted|noProcessEnv')).toEqual(Object.keys(wrong).sort())
})

const lint = [
  'lint',
  '--vcs-enabled=false',
  '--max-diagnostics=none',
  '--reporter=github',
  'src',
  'cli',
  'console',
]

test('what puts everything together is named in each wall', async () => {
  const walls = (await readFile(join(root, 'biome.json'), 'utf8')).match(
    /"group": \[[^\]]*"\*\*\/server\.ts"[^\]]*\]/g,
  )
  expect(walls?.length).toBeGreaterThan(10)
  const files = (await readdir(join(root, 'src'))).filter((name) => /(?<!\.test)\.ts$/.test(name))
  for (const wall of walls ?? [])
    for (const file of files.filter((name) => name !== inNoWall)) expect(wall).toContain(`"**/${file}"`)
})

/** A command has the same name. */
const inNoWall = 'clock.ts'

/** The files that the linter's rules of these names complain about. */
function filesNamedIn(report: string, rules: string): string[] {
  const complaints = report.matchAll(new RegExp(`title=lint/style/(?:${rules})\\w*,file=(\\S+?),`, 'g'))
  return [
    ...new Set([...complaints].map(([, file = '']) => file.replace(/.*?(?=src\/|cli\/|console\/)/, ''))),
  ].sort()
}
