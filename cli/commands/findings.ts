import { readFile } from 'node:fs/promises'
import { Command, InvalidArgumentError, Option } from 'commander'
import type { BerthOperations, ImageFinding, VexJustification } from '../../src/services/berth/shapes.ts'
import { CliError } from '../cli-error.ts'
import { type ClientFlags, clientCommand, connect, print } from '../client-command.ts'
import { acceptedText, findingTable } from '../finding-table.ts'
import { formatCount, formatTime } from '../format.ts'
import { parseImageReference } from '../image-reference.ts'
import { readPages } from '../read-pages.ts'
import { table } from '../table.ts'

const help = `
Examples:
  berth findings diff team/app:v1 team/app:v2      what v2 has that v1 hasn't, and the other way round
  berth findings where CVE-2024-6387               in which images it is
  berth findings accept CVE-2024-6387 --repository team/app --expires 2027-01-01 --reason 'sshd is never started'
  berth findings accepted
  berth findings revoke CVE-2024-6387 --repository team/app
  berth findings import-vex vendor.openvex.json --repository team/app
  berth findings export-vex > registry.openvex.json`

/** `berth findings`: what scans have found, compared, searched and accepted. */
export function findingsCommand(): Command {
  return new Command('findings')
    .description('compare, search and accept what scans have found')
    .addHelpText('after', help)
    .addCommand(diffCommand())
    .addCommand(whereCommand())
    .addCommand(acceptCommand())
    .addCommand(revokeCommand())
    .addCommand(acceptedCommand())
    .addCommand(importCommand())
    .addCommand(exportCommand())
}

function diffCommand(): Command {
  return clientCommand('diff', 'tell what one image has of vulnerabilities that another has not')
    .argument('<first>', 'repository:tag or repository@digest')
    .argument('<second>', 'the same; of the same repository :tag or @digest is enough')
    .action(async (first: string, second: string, flags: ClientFlags) => {
      const one = parseImageReference(first)
      const other = parseImageReference(/^[:@]/.test(second) ? one.repositoryName + second : second)
      const client = await connect(flags)
      const compared = await client.call('CompareFindings', {
        repositoryName: one.repositoryName,
        imageTag: one.tag,
        imageDigest: one.digest,
        otherRepositoryName: other.repositoryName,
        otherImageTag: other.tag,
        otherImageDigest: other.digest,
      })
      print(flags, compared, ({ added, removed, keptCount }) =>
        [only(second, added), only(first, removed), `In both: ${formatCount(keptCount, 'finding')}\n`].join(
          '\n',
        ),
      )
    })
}

function only(name: string, findings: readonly ImageFinding[]): string {
  const count = `Only in ${name}: ${formatCount(findings.length, 'finding')}\n`
  return findings.length === 0 ? count : `${count}${findingTable(findings)}`
}

function whereCommand(): Command {
  return clientCommand('where', 'tell which images have a vulnerability')
    .argument('<vulnerability>', 'CVE-2024-6387, or where there is no CVE the name of the advisory')
    .option('--limit <count>', 'how many lines at most', readCount, 100)
    .action(async (vulnerabilityName: string, flags: ClientFlags & { readonly limit: number }) => {
      const client = await connect(flags)
      let imageCount = 0
      const { rows, isAll } = await readPages(flags.limit, async (page) => {
        const answer = await client.call('FindVulnerability', { vulnerabilityName, ...page })
        imageCount = answer.imageCount ?? imageCount
        return { rows: answer.places, nextToken: answer.nextToken }
      })
      print(flags, { imageCount, places: rows }, () => describePlaces(imageCount, rows))
      if (!isAll) process.stderr.write(`berth: these are the first ${flags.limit}; --limit shows more\n`)
    })
}

type Place = BerthOperations['FindVulnerability']['output']['places'][number]

function describePlaces(imageCount: number, places: readonly Place[]): string {
  if (places.length === 0) return 'No image that was scanned has it.\n'
  const rows = places.map(({ repositoryName, imageDigest, imageTags, severity, packageName, ...place }) => [
    repositoryName,
    imageTags.join(',') || '-',
    imageDigest,
    severity,
    `${packageName} ${place.packageVersion}`,
    place.fixedInVersion ?? '-',
    acceptedText(place.acceptance),
  ])
  const columns = ['REPOSITORY', 'TAGS', 'IMAGE', 'SEVERITY', 'PACKAGE', 'FIXED IN', 'ACCEPTED']
  return `${table(columns, rows)}\n${formatCount(imageCount, 'image')} in all\n`
}

interface ScopeFlags {
  readonly repository?: string
  readonly digest?: string
  readonly package?: string
}

function withScope(command: Command): Command {
  return command
    .argument('<vulnerability>', 'as findings name it')
    .option('--repository <name>', 'only in this repository; in all unless told')
    .option('--digest <digest>', 'only in this image')
    .option('--package <name>', 'only of this package, as findings name it')
}

function scopeOf(vulnerabilityName: string, { repository, digest, package: packageName }: ScopeFlags) {
  return { vulnerabilityName, repositoryName: repository, imageDigest: digest, packageName }
}

const knownJustifications: readonly VexJustification[] = [
  'component_not_present',
  'vulnerable_code_not_present',
  'vulnerable_code_not_in_execute_path',
  'vulnerable_code_cannot_be_controlled_by_adversary',
  'inline_mitigations_already_exist',
]

type AcceptFlags = ClientFlags &
  ScopeFlags & {
    readonly reason: string
    readonly expires?: Date
    readonly justification?: VexJustification
  }

function acceptCommand(): Command {
  return withScope(clientCommand('accept', 'accept a vulnerability: counts and pull gates leave it out'))
    .requiredOption('--reason <text>', 'why, for people')
    .option('--expires <date>', 'until when: 2027-01-01, or with a time', readDate)
    .addOption(
      new Option('--justification <word>', "OpenVEX's word for why it does no harm").choices(
        knownJustifications,
      ),
    )
    .action(async (vulnerability: string, flags: AcceptFlags) => {
      const { reason, expires: expiresAt, justification } = flags
      const client = await connect(flags)
      const asked = { ...scopeOf(vulnerability, flags), reason, expiresAt, justification }
      const { acceptance } = await client.call('AcceptFinding', asked)
      print(flags, acceptance, (made) => `${made.vulnerabilityName} is accepted: ${acceptedText(made)}\n`)
    })
}

function revokeCommand(): Command {
  return withScope(clientCommand('revoke', 'take an acceptance back, named as it was made')).action(
    async (vulnerability: string, flags: ClientFlags & ScopeFlags) => {
      const client = await connect(flags)
      const answer = await client.call('RevokeAcceptance', scopeOf(vulnerability, flags))
      if (!answer.revoked)
        throw new CliError('Nobody has accepted just that', '`berth findings accepted` tells what is.')
      print(flags, answer, () => `${vulnerability} counts again\n`)
    },
  )
}

function acceptedCommand(): Command {
  return clientCommand('accepted', 'list what is accepted')
    .option('--limit <count>', 'how many lines at most', readCount, 1_000)
    .action(async (flags: ClientFlags & { readonly limit: number }) => {
      const client = await connect(flags)
      const { rows } = await readPages(flags.limit, async (page) => {
        const { acceptances, nextToken } = await client.call('ListAcceptances', page)
        return { rows: acceptances, nextToken }
      })
      print(flags, rows, () =>
        table(
          ['VULNERABILITY', 'REPOSITORY', 'IMAGE', 'PACKAGE', 'STATUS', 'UNTIL', 'WHO', 'REASON'],
          rows.map((row) => [
            row.vulnerabilityName,
            row.repositoryName ?? 'all',
            row.imageDigest ?? 'all',
            row.packageName ?? 'all',
            row.expired ? 'EXPIRED' : row.status,
            row.expiresAt ? formatTime(row.expiresAt) : '-',
            row.acceptedBy,
            row.reason,
          ]),
        ),
      )
    })
}

function importCommand(): Command {
  return clientCommand('import-vex', 'accept what an OpenVEX document says does no harm')
    .argument('<file>', 'the document')
    .option('--repository <name>', 'what it is about, whatever it calls its products')
    .option('--expires <date>', 'until when: 2027-01-01, or with a time', readDate)
    .action(
      async (
        file: string,
        flags: ClientFlags & { readonly repository?: string; readonly expires?: Date },
      ) => {
        const client = await connect(flags)
        const { repository: repositoryName, expires: expiresAt } = flags
        const document = await readText(file)
        const tally = await client.call('ImportVex', { document, repositoryName, expiresAt })
        print(flags, tally, ({ accepted, passedOver }) =>
          [
            `${formatCount(accepted, 'acceptance')} made\n`,
            ...passedOver.map(({ statement, reason }) => `Passed over statement ${statement}: ${reason}\n`),
          ].join(''),
        )
      },
    )
}

function exportCommand(): Command {
  return clientCommand('export-vex', 'print what is accepted as an OpenVEX document')
    .option('--repository <name>', 'only what is accepted there, or everywhere')
    .action(async (flags: ClientFlags & { readonly repository?: string }) => {
      const client = await connect(flags)
      const { document } = await client.call('ExportVex', { repositoryName: flags.repository })
      process.stdout.write(`${JSON.stringify(JSON.parse(document), undefined, 2)}\n`)
    })
}

async function readText(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8')
  } catch (cause) {
    throw new CliError(
      `${file} can't be read: ${cause instanceof Error ? cause.message : cause}`,
      undefined,
      { cause },
    )
  }
}

function readCount(text: string): number {
  if (/^[1-9][0-9]{0,6}$/.test(text)) return Number(text)
  throw new InvalidArgumentError('It must be a whole number from 1.')
}

function readDate(text: string): Date {
  const date = new Date(text)
  if (/^\d{4}-\d{2}-\d{2}/.test(text) && !Number.isNaN(date.getTime())) return date
  throw new InvalidArgumentError('It must be a date such as 2027-01-01.')
}
