import { Command, InvalidArgumentError } from 'commander'
import { readEnvironment } from '../../src/config/env.ts'
import { type Flags, loadConfig } from '../../src/config/load-config.ts'
import type { SettingKey } from '../../src/config/settings.ts'
import { isRepositoryName, type RepositoryName } from '../../src/core/names/repository-name.ts'
import { type AuditedStores, openAudit } from '../../src/open-audit.ts'
import { unverified, type VerifyProgress, verifyStore } from '../../src/registry/verify-store.ts'
import type { AuditTotal } from '../../src/stores/metadata/audit.ts'
import { CliError } from '../cli-error.ts'
import { explainFailure } from '../explain-failure.ts'
import { formatCount } from '../format.ts'
import { interruption } from '../interruption.ts'
import { ProgressLine } from '../progress-line.ts'
import { requireDataFolder } from '../require-data-folder.ts'
import { addSettingOptions } from '../setting-options.ts'
import { VerifyRecord } from '../verify-record.ts'
import { report } from '../verify-report.ts'

const about = `
Hashes every manifest and every layer of a data folder, also of deleted images that can be restored, names what is damaged, and which
repositories and images it harms. It only reads, so Berth may run meanwhile or not. Interrupted, it goes on from there the next time,
unless told to --restart. With --repository it looks at what one repository has, and at its like-named ones in other accounts and regions.

To heal a layer, push an image that has it: clients send again what is missing or not as long as it was. One that was altered and is as
long as before looks whole to them, so move its file away first, by the command that stands below it. Berth may run meanwhile.

Exit code: 0  all is whole
           1  something is damaged
           2  it could not look at everything, or was interrupted

Examples:
  berth verify --data-dir /var/lib/berth
  berth verify --data-dir /var/lib/berth --repository team/app
  berth verify --data-dir /var/lib/berth --database postgres://berth:secret@db/berth
  berth verify --json | jq '.damages[].images'`

/** Settings that say what is stored where. */
const telling: readonly SettingKey[] = ['dataDir', 'database']

type VerifyFlags = Flags & {
  readonly json?: boolean
  readonly restart?: boolean
  readonly repository?: RepositoryName
}

/** `berth verify`: hashes all that is stored. */
export function verifyCommand(): Command {
  const command = new Command('verify')
    .description('hash all that is stored, and name what is damaged')
    .option('--repository <repository>', 'look at this one alone', readRepositoryName)
    .option('--restart', 'hash everything again, also what an interrupted run has hashed')
    .option('--json', 'print JSON, for machines')
  return addSettingOptions(command, telling).addHelpText('after', about).action(verifyOrExplain)
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

async function verify({
  json = false,
  restart = false,
  repository,
  ...flags
}: VerifyFlags): Promise<VerifyProgress> {
  const config = loadConfig({ flags, env: readEnvironment(), cwd: process.cwd() })
  requireDataFolder(config.dataDir)
  await using stores = await openAudit(config, repository)
  const record = new VerifyRecord(config.dataDir, repository)
  const from = restart ? unverified : await record.read()
  const verified = await hashAll(stores, { from, record, total: await totalOf(stores, repository) })
  process.stdout.write(
    json ? `${JSON.stringify(verified, undefined, 2)}\n` : report(verified, config.dataDir),
  )
  return verified
}

/** @throws CliError where there is no repository of that name */
async function totalOf(
  { audit }: AuditedStores,
  repository: RepositoryName | undefined,
): Promise<AuditTotal> {
  const total = await audit.total()
  if (repository === undefined || total.repositories > 0) return total
  throw new CliError(
    `There is no repository ${repository}`,
    '`aws ecr describe-repositories` shows which there are.',
  )
}

async function hashAll(
  stores: AuditedStores,
  {
    from,
    record,
    total,
  }: {
    readonly from: VerifyProgress
    readonly record: VerifyRecord
    readonly total: AuditTotal
  },
): Promise<VerifyProgress> {
  if (from.blobs > 0) process.stderr.write(`berth: going on after ${formatCount(from.blobs, 'blob')}\n`)
  using line = new ProgressLine(process.stderr)
  const signal = interruption()
  let progress = from
  const show = (hashing = 0) =>
    line.show(
      { done: progress.bytes + hashing, of: total.bytes },
      `${progress.blobs} of ${formatCount(total.blobs, 'blob')}`,
    )
  try {
    for await (progress of verifyStore({ ...stores, from, signal, onHashing: show })) {
      show()
      await record.keep(progress)
    }
  } catch (error) {
    await record.write(progress)
    throw error
  }
  await record.remove()
  return progress
}

function readRepositoryName(text: string): RepositoryName {
  if (isRepositoryName(text)) return text
  throw new InvalidArgumentError('A repository has a name like team/app.')
}
