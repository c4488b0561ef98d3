import { setTimeout as wait } from 'node:timers/promises'
import { type Command, Option } from 'commander'
import type { BerthOperations, ImageFinding } from '../../src/services/berth/shapes.ts'
import type { BerthClient } from '../berth-client.ts'
import { CliError } from '../cli-error.ts'
import { type ClientFlags, clientCommand, connect, print } from '../client-command.ts'
import { countsText, findingTable, type Severity, severities } from '../finding-table.ts'
import { formatTime } from '../format.ts'
import { parseImageReference } from '../image-reference.ts'
import { readPages } from '../read-pages.ts'

/** Milliseconds between two looks at a scan. */
const lookEvery = 500
/** More findings than an image has. */
const allFindings = 1_000_000
/** The exit status of findings: 1 is what can't be told, 2 what makes no sense. */
const foundStatus = 3

const examples = `
It scans the image unless that has been done, waits, and prints what is known to be wrong with its packages, worst first. Of an index it
scans all images. What is accepted (\`berth findings accept\`) is shown and never fails.

The exit status is 0 when nothing is as bad as --fail-on, ${foundStatus} when something is, and another when it can't be told.

Examples:
  berth scan team/app:v1
  berth scan team/app:v1 --fail-on HIGH --ignore-unfixed
  berth scan team/app@sha256:... --again --json`

type ScanFlags = ClientFlags & {
  readonly failOn?: Severity
  readonly ignoreUnfixed?: boolean
  readonly again?: boolean
}

type Described = BerthOperations['DescribeFindings']['output']
type Asked = BerthOperations['DescribeFindings']['input']

/** `berth scan`: what is wrong with an image, for people and for CI. */
export function scanCommand(): Command {
  return clientCommand('scan', 'scan an image, wait, and print its vulnerabilities')
    .argument('<repository:tag>', 'the image or index, by a tag or by its digest')
    .addOption(
      new Option(
        '--fail-on <severity>',
        'exit with another status for findings of this severity or a worse one',
      ).choices(severities),
    )
    .option('--ignore-unfixed', 'leave out what no version mends')
    .option('--again', 'scan also what was scanned already')
    .addHelpText('after', examples)
    .action(async (name: string, { failOn, ignoreUnfixed, again, ...flags }: ScanFlags) => {
      const { repositoryName, tag: imageTag, digest: imageDigest } = parseImageReference(name)
      const asked = { repositoryName, imageTag, imageDigest }
      const client = await connect(flags)
      await client.call('ScanImage', { ...asked, again })
      const described = await untilScanned(client, asked)
      const all = await findingsOf(client, asked)
      const findings = ignoreUnfixed ? all.filter(({ fixedInVersion }) => fixedInVersion !== undefined) : all
      print(flags, { ...described, findings }, () => describe(described, findings))
      if (failOn !== undefined && findings.some((finding) => isAsBad(finding, failOn)))
        process.exitCode = foundStatus
    })
}

/** @throws CliError when a scan fails */
async function untilScanned(client: BerthClient, asked: Asked): Promise<Omit<Described, 'findings'>> {
  for (;;) {
    const {
      findings: _,
      nextToken: __,
      ...described
    } = await client.call('DescribeFindings', { ...asked, maxResults: 1 })
    if (described.state === 'COMPLETE') return described
    if (described.state === 'FAILED') throw scanFailed(described)
    await wait(lookEvery)
  }
}

function scanFailed({ images }: Pick<Described, 'images'>): CliError {
  const failed = images.find(({ status }) => status === 'FAILED' || status === 'UNSUPPORTED_IMAGE')
  return new CliError(`The scan has failed: ${failed?.description ?? 'nobody knows why'}`)
}

async function findingsOf(client: BerthClient, asked: Asked): Promise<readonly ImageFinding[]> {
  const { rows } = await readPages(allFindings, async (page) => {
    const { findings, nextToken } = await client.call('DescribeFindings', { ...asked, ...page })
    return { rows: findings, nextToken }
  })
  return rows
}

function isAsBad({ severity, acceptance }: ImageFinding, failOn: Severity): boolean {
  return acceptance === undefined && severities.indexOf(severity) <= severities.indexOf(failOn)
}

function describe(
  { severityCounts, acceptedCount, images }: Omit<Described, 'findings'>,
  findings: readonly ImageFinding[],
): string {
  const dates = images.flatMap(({ vulnerabilitySourceUpdatedAt: at }) => at ?? [])
  const oldest = dates.toSorted((one, other) => one.getTime() - other.getTime())[0]
  const accepted = acceptedCount > 0 ? `, and ${acceptedCount} accepted` : ''
  return [
    findings.length === 0 ? '' : `${findingTable(findings)}\n`,
    `Findings: ${countsText(severityCounts)}${accepted}\n`,
    oldest === undefined ? '' : `By advisories of ${formatTime(oldest)}\n`,
    ...images.flatMap(({ imageDigest, description }) =>
      description?.includes('There are no advisories here') ? [`${imageDigest}: ${description}\n`] : [],
    ),
  ].join('')
}
