import { setTimeout as wait } from 'node:timers/promises'
import type { Command } from 'commander'
import type { BerthOperations } from '../../src/services/berth/shapes.ts'
import type { BerthClient } from '../berth-client.ts'
import { CliError } from '../cli-error.ts'
import { type ClientFlags, clientCommand, connect, print } from '../client-command.ts'
import { formatBytes, formatCount } from '../format.ts'
import { facts, table } from '../table.ts'

type Garbage = BerthOperations['DescribeGarbage']['output']
type Collection = BerthOperations['DescribeGarbageCollection']['output']
type Progress = NonNullable<Collection['progress']>

/** Milliseconds between two looks at a cycle that runs. */
const lookEvery = 500

const examples = `
Berth does this by itself every hour. What goes is what nothing has needed for the time of --garbage-grace (24 hours unless the
server was told another), so that no push loses a layer it has sent: what was deleted today is not removed before tomorrow.

Examples:
  berth gc --dry-run              what would be removed, by repository
  berth gc                        remove it now
  berth gc --dry-run --json | jq .blobs.bytes`

/** `berth gc`: removes what nothing needs any more, or with `--dry-run` says what that is. */
export function gcCommand(): Command {
  return clientCommand('gc', 'remove layers and uploads that nothing needs')
    .option('--dry-run', 'only say what would be removed, by repository')
    .addHelpText('after', examples)
    .action(async (flags: ClientFlags & { readonly dryRun?: boolean }) => {
      const client = await connect(flags)
      if (flags.dryRun) print(flags, await client.call('DescribeGarbage', {}), describeGarbage)
      else print(flags, await collect(client), describeCollection)
    })
}

/** Has a cycle run, and tells a person at a terminal how far it is. */
async function collect(client: BerthClient): Promise<Progress> {
  const { requestedAt } = await client.call('StartGarbageCollection', {})
  for (;;) {
    const collection = await client.call('DescribeGarbageCollection', {})
    const { finishedAt, lastError, progress, status } = collection
    showProgress(collection)
    if (lastError !== undefined && status === 'IDLE') {
      throw new CliError(
        `Garbage collection failed and will be tried again; the server's log says more: ${lastError}`,
      )
    }
    const isOver = status === 'IDLE' && finishedAt !== undefined && finishedAt >= requestedAt
    if (isOver && progress !== undefined) return progress
    await wait(lookEvery)
  }
}

function showProgress({ status, progress }: Collection): void {
  if (!process.stderr.isTTY) return
  const { step, stepsDone, steps, blobs, bytes } = progress ?? noProgress
  const line = status === 'RUNNING' ? `${stepsDone}/${steps} ${step}: ${removed(blobs, bytes)} so far` : ''
  process.stderr.write(`\r\x1b[K${line}`)
}

const noProgress = { step: 'beginning', stepsDone: 0, steps: 0, blobs: 0, bytes: 0 }

function describeCollection({ blobs, bytes, links, uploads, failures }: Progress): string {
  return facts([
    ['Removed', removed(blobs, bytes)],
    ['Taken out of repositories', formatCount(links, 'blob')],
    ['Uploads dropped', String(uploads)],
    ...(failures > 0
      ? [['Not removed', `${formatCount(failures, 'blob')}; the server's log says why`] as const]
      : []),
  ])
}

function describeGarbage({ repositories, repositoryCount, blobs, uploads }: Garbage): string {
  const rows = repositories.map((found) => [
    found.repositoryName,
    found.accountId,
    found.region,
    String(found.count),
    formatBytes(found.bytes),
  ])
  const hidden = repositoryCount - repositories.length
  return [
    ...(rows.length > 0 ? [table(['REPOSITORY', 'ACCOUNT', 'REGION', 'BLOBS', 'SIZE'], rows), '\n'] : []),
    ...(hidden > 0 ? [`and ${hidden} repositories with less\n\n`] : []),
    facts([
      ['To leave the disk', removed(blobs.count, blobs.bytes)],
      ['Uploads to drop', removed(uploads.count, uploads.bytes, 'upload')],
    ]),
  ].join('')
}

function removed(count: number, bytes: number, noun = 'blob'): string {
  return `${formatCount(count, noun)}, ${formatBytes(bytes)}`
}
