import { existsSync } from 'node:fs'
import { Command } from 'commander'
import { readEnvironment } from '../../src/config/env.ts'
import { type Flags, loadConfig } from '../../src/config/load-config.ts'
import { openAudit } from '../../src/open-audit.ts'
import { type Damage, unverified, type VerifyProgress, verifyStore } from '../../src/registry/verify-store.ts'
import { CliError } from '../cli-error.ts'
import { explainFailure } from '../explain-failure.ts'
import { formatBytes, formatCount } from '../format.ts'
import { ProgressLine } from '../progress-line.ts'
import { addSettingOptions } from '../setting-options.ts'
import { VerifyRecord } from '../verify-record.ts'

const about = `
Hashes every manifest and every layer of a data folder, names what is damaged, and which repositories and images it harms. It only
reads, so Berth may run meanwhile or not. Interrupted, it goes on from there the next time, unless told to --restart.

To heal a layer, move its file away (<data-dir>/blobs/sha256/<first two digits>/<all digits>) and push an image that has it: clients
send again what is missing or not as long as it was.

Exit code: 0  all is whole
           1  something is damaged
           2  it could not look at everything, or was interrupted

Examples:
  berth verify --data-dir /var/lib/berth
  berth verify --data-dir /var/lib/berth --database postgres://berth:secret@db/berth
  berth verify --json | jq '.damages[].images'`

/** Settings that say what is stored where; all others make no difference. */
const indifferent = [
  'host',
  'port',
  'accountId',
  'region',
  'rootAccessKey',
  'rootSecretKey',
  'registryHost',
  'registryDomain',
  'sparseManifests',
  'garbageGrace',
  'uploadExpiry',
  'dev',
  'logLevel',
  'tlsCert',
  'tlsKey',
  'tlsLocal',
  'tlsPort',
  'allowPlainHttp',
] as const

type VerifyFlags = Flags & { readonly json?: boolean; readonly restart?: boolean }

/** `berth verify`: hashes all that is stored. */
export function verifyCommand(): Command {
  const command = new Command('verify')
    .description('hash all that is stored, and name what is damaged')
    .option('--restart', 'hash everything again, also what an interrupted run has hashed')
    .option('--json', 'print JSON, for machines')
  return addSettingOptions(command, indifferent).addHelpText('after', about).action(verifyOrExplain)
}

async function verifyOrExplain(flags: VerifyFlags): Promise<void> {
  try {
    const { damages } = await verify(flags)
    process.exitCode = damages.length > 0 ? 1 : 0
  } catch (error) {
    process.stderr.write(explainFailure(error).text)
    process.exitCode = 2
  }
}

async function verify({ json = false, restart = false, ...flags }: VerifyFlags): Promise<VerifyProgress> {
  const config = loadConfig({ flags, env: readEnvironment(), cwd: process.cwd() })
  if (!existsSync(config.dataDir))
    throw new CliError(`There is no data folder ${config.dataDir}`, 'Name it with --data-dir.')
  await using stores = await openAudit(config)
  const record = new VerifyRecord(config.dataDir)
  const from = restart ? unverified : await record.read()
  const verified = await hashAll(stores, { from, record })
  process.stdout.write(json ? `${JSON.stringify(verified, undefined, 2)}\n` : report(verified))
  return verified
}

async function hashAll(
  stores: Parameters<typeof verifyStore>[0],
  { from, record }: { readonly from: VerifyProgress; readonly record: VerifyRecord },
): Promise<VerifyProgress> {
  const total = await stores.audit.total()
  if (from.blobs > 0) process.stderr.write(`berth: going on after ${formatCount(from.blobs, 'blob')}\n`)
  using line = new ProgressLine(process.stderr)
  using interruption = interrupted()
  let progress = from
  try {
    for await (progress of verifyStore({ ...stores, from, signal: interruption.signal })) {
      line.show(
        { done: progress.bytes, of: total.bytes },
        `${progress.blobs} of ${formatCount(total.blobs, 'blob')}`,
      )
      await record.keep(progress)
    }
  } catch (error) {
    await record.write(progress)
    throw error
  }
  await record.remove()
  return progress
}

/** Aborted once the process is told to stop. */
function interrupted(): { readonly signal: AbortSignal } & Disposable {
  const controller = new AbortController()
  const stop = () => controller.abort(new CliError('Interrupted', 'Run it again to go on from here.'))
  process.once('SIGINT', stop).once('SIGTERM', stop)
  return {
    signal: controller.signal,
    [Symbol.dispose]: () => {
      process.off('SIGINT', stop).off('SIGTERM', stop)
    },
  }
}

function report({ blobs, bytes, damages }: VerifyProgress): string {
  const looked = `${formatCount(blobs, 'blob')} hashed, ${formatBytes(bytes)}`
  if (damages.length === 0) return `${looked}: all is whole\n`
  return `${looked}; damaged: ${damages.length}\n${damages.map(describe).join('')}`
}

function describe({ kind, digest, problem, repositories, images }: Damage): string {
  const lines = [
    `${kind} ${digest}: ${problem}`,
    ...repositories.map(({ account, region, name }) => `  in repository ${account}/${region}/${name}`),
    ...images.map(
      ({ repository, digest: image, tags }) =>
        `  harms image ${repository.name}@${image}${tags.length > 0 ? ` (${tags.join(', ')})` : ''}`,
    ),
  ]
  return `${lines.join('\n')}\n`
}
