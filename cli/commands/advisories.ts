import { setTimeout as wait } from 'node:timers/promises'
import { Command } from 'commander'
import type { BerthOperations } from '../../src/services/berth/shapes.ts'
import { type AdvisoryRecord, readAdvisoryFiles } from '../advisory-files.ts'
import type { BerthClient } from '../berth-client.ts'
import { CliError } from '../cli-error.ts'
import { type ClientFlags, clientCommand, connect, print } from '../client-command.ts'
import { formatCount, formatTime } from '../format.ts'
import { ProgressLine } from '../progress-line.ts'
import { table } from '../table.ts'

/** Records and characters in one call. */
const batch = { records: 1_000, characters: 4_000_000 }
/** Milliseconds between two looks at a download. */
const lookEvery = 500
/** Invalid records that are named one by one. */
const mostNamed = 20

const importExamples = `
The format is OSV's, in files of one record, of an array of records or of a record on each line, also packed with gzip, in folders
and zip archives. What is known already stays, what has changed is replaced.

Examples:
  berth advisories import debian-12.json
  berth advisories import all.zip advisories/almalinux9`

const updateExamples = `
The server downloads them from the place of --advisory-mirror, now and once a day from then on.

Examples:
  berth advisories update Debian:12 Alpine:v3.22
  berth advisories update npm PyPI`

/** `berth advisories`: what scans of images go by. */
export function advisoriesCommand(): Command {
  return new Command('advisories')
    .description('tell which advisories scans go by, import or download them')
    .addCommand(statusCommand())
    .addCommand(importCommand())
    .addCommand(updateCommand())
}

type Described = BerthOperations['DescribeAdvisories']['output']

function statusCommand(): Command {
  return clientCommand(
    'status',
    'tell of which ecosystems there are advisories, how many and how old',
  ).action(async (flags: ClientFlags) => {
    const client = await connect(flags)
    print(flags, await client.call('DescribeAdvisories', {}), describe)
  })
}

function describe({ feeds, updates }: Described): string {
  if (feeds.length === 0 && updates.length === 0) {
    return 'There are no advisories, so no image can be scanned.\nBring some with `berth advisories update <ecosystem>` or `berth advisories import <file>`.\n'
  }
  const known = new Map(feeds.map((feed) => [feed.ecosystem, feed]))
  const names = new Set([...known.keys(), ...updates.map(({ ecosystem }) => ecosystem)])
  const rows = [...names].sort().map((ecosystem) => {
    const feed = known.get(ecosystem)
    const update = updates.find((each) => each.ecosystem === ecosystem)
    const next = update === undefined ? 'by hand' : (update.lastError ?? nextOf(update))
    return [
      ecosystem,
      String(feed?.advisoryCount ?? 0),
      feed === undefined ? '-' : formatTime(feed.updatedAt),
      feed === undefined ? '-' : formatTime(feed.newestAt),
      next,
    ]
  })
  return table(['ECOSYSTEM', 'ADVISORIES', 'UPDATED', 'NEWEST', 'NEXT UPDATE'], rows)
}

function nextOf({ nextRunAt }: Described['updates'][number]): string {
  return nextRunAt === undefined ? 'now' : formatTime(nextRunAt)
}

interface Tally {
  changed: number
  unchanged: number
  ignored: number
  readonly invalid: { readonly place: string; readonly reason: string }[]
}

function importCommand(): Command {
  return clientCommand('import', 'put advisories where scans find them')
    .argument('<path...>', 'files, folders and zip archives of OSV records')
    .addHelpText('after', importExamples)
    .action(async (paths: string[], flags: ClientFlags) => {
      const tally = await importAll(await connect(flags), paths)
      print(flags, tally, describeImport)
      if (tally.invalid.length > 0) process.exitCode = 1
    })
}

async function importAll(client: BerthClient, paths: readonly string[]): Promise<Tally> {
  using progress = new ProgressLine(process.stderr)
  const tally: Tally = { changed: 0, unchanged: 0, ignored: 0, invalid: [] }
  for await (const records of batches(readAdvisoryFiles(paths))) {
    const answer = await client.call('ImportAdvisories', {
      records: records.map(({ line }) => line).join('\n'),
    })
    tally.changed += answer.changed
    tally.unchanged += answer.unchanged
    tally.ignored += answer.ignored
    for (const { line, reason } of answer.invalid)
      tally.invalid.push({ place: records[line - 1]?.place ?? '', reason })
    const { done = 0, of = 0 } = records.at(-1) ?? {}
    progress.show({ done, of }, formatCount(tally.changed + tally.unchanged, 'advisory', 'advisories'))
  }
  return tally
}

async function* batches(records: AsyncIterable<AdvisoryRecord>): AsyncGenerator<AdvisoryRecord[]> {
  let waiting: AdvisoryRecord[] = []
  let characters = 0
  for await (const record of records) {
    const isFull = waiting.length === batch.records || characters + record.line.length > batch.characters
    if (isFull && waiting.length > 0) {
      yield waiting
      waiting = []
      characters = 0
    }
    waiting.push(record)
    characters += record.line.length
  }
  if (waiting.length > 0) yield waiting
}

function describeImport({ changed, unchanged, ignored, invalid }: Tally): string {
  const named = invalid.slice(0, mostNamed).map(({ place, reason }) => `Passed over ${place}: ${reason}\n`)
  const more = invalid.length - named.length
  return [
    `${formatCount(changed, 'advisory', 'advisories')} new or changed, ${unchanged} known already, ${ignored} withdrawn or of no concern\n`,
    ...named,
    ...(more > 0 ? [`and ${more} more\n`] : []),
  ].join('')
}

function updateCommand(): Command {
  return clientCommand('update', 'have the server download advisories, now and once a day')
    .argument('<ecosystem...>', 'as OSV calls them: Debian:12, AlmaLinux:9, npm ...')
    .addHelpText('after', updateExamples)
    .action(async (ecosystems: string[], flags: ClientFlags) => {
      const client = await connect(flags)
      const { requestedAt } = await client.call('UpdateAdvisories', { ecosystems })
      print(flags, await follow(client, ecosystems, requestedAt), describe)
    })
}

/** Waits until all of them are here. @throws CliError when one can't be had */
async function follow(client: BerthClient, ecosystems: readonly string[], since: Date): Promise<Described> {
  using line = new ProgressLine(process.stderr)
  for (;;) {
    const described = await client.call('DescribeAdvisories', {})
    const asked = described.updates.filter(({ ecosystem }) => ecosystems.includes(ecosystem))
    const failed = asked.find(({ lastError, status }) => lastError !== undefined && status === 'IDLE')
    if (failed !== undefined) {
      throw new CliError(
        `The advisories of ${failed.ecosystem} can't be had: ${failed.lastError}`,
        'It is tried again; `berth advisories status` tells when.',
      )
    }
    const open = asked.filter(({ finishedAt }) => finishedAt === undefined || finishedAt < since)
    if (open.length === 0) return described
    for (const { ecosystem, progress } of open) {
      if (progress?.step === 'downloading' && progress.of > 0)
        line.show(progress, `${progress.step} ${ecosystem}`)
    }
    await wait(lookEvery)
  }
}
