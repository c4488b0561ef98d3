import { type Command, InvalidArgumentError } from 'commander'
import type { BerthClient } from '../berth-client.ts'
import { type ClientFlags, clientCommand, connect, print } from '../client-command.ts'
import { formatBytes, formatTime } from '../format.ts'
import { type ImageReference, parseImageReference } from '../image-reference.ts'
import { readPages } from '../read-pages.ts'
import { table } from '../table.ts'

const examples = `
Examples:
  berth history team/app               what became of all its tags, latest first
  berth history team/app:latest        what latest pointed at, and who moved it
  berth history team/app --deleted     images that can be restored, and until when
  berth restore team/app@sha256:... --tags`

type HistoryFlags = ClientFlags & { readonly deleted?: boolean; readonly limit: number }

/** `berth history`: what tags pointed where, and which deleted images can be restored. */
export function historyCommand(): Command {
  return clientCommand('history', 'tell what tags pointed where, and what was deleted')
    .argument('<repository[:tag]>', 'the repository, or one of its tags')
    .option('--deleted', 'list the deleted images that can be restored')
    .option('--limit <count>', 'how many lines at most', readCount, 100)
    .addHelpText('after', examples)
    .action(async (name: string, flags: HistoryFlags) => {
      const reference = parseImageReference(name)
      const client = await connect(flags)
      await (flags.deleted ? tellDeletions : tellChanges)(client, reference, flags)
    })
}

async function tellChanges(
  client: BerthClient,
  { repositoryName, tag: imageTag }: ImageReference,
  flags: HistoryFlags,
): Promise<void> {
  const { rows, isAll } = await readPages(flags.limit, async (page) => {
    const { changes, nextToken } = await client.call('ListTagHistory', { repositoryName, imageTag, ...page })
    return { rows: changes, nextToken }
  })
  print(flags, rows, () =>
    table(
      ['WHEN', 'TAG', 'FROM', 'TO', 'BY', 'WHO'],
      rows.map(({ changedAt, imageTag: tag = '-', fromDigest = '-', toDigest = '-', reason, actor }) => {
        return [formatTime(changedAt), tag, fromDigest, toDigest, reason, actor]
      }),
    ),
  )
  if (!isAll) sayThereIsMore(flags)
}

async function tellDeletions(
  client: BerthClient,
  { repositoryName }: ImageReference,
  flags: HistoryFlags,
): Promise<void> {
  const { rows, isAll } = await readPages(flags.limit, async (page) => {
    const { images, nextToken } = await client.call('ListDeletedImages', { repositoryName, ...page })
    return { rows: images, nextToken }
  })
  print(flags, rows, () =>
    table(
      ['DELETED', 'UNTIL', 'IMAGE', 'TAGS', 'SIZE', 'BY', 'WHO'],
      rows.map(({ deletedAt, restorableUntil, imageDigest, imageTags, imageSizeInBytes, ...image }) => {
        const tags = imageTags.join(',') || '-'
        const times = [formatTime(deletedAt), formatTime(restorableUntil)]
        return [...times, imageDigest, tags, formatBytes(imageSizeInBytes), image.reason, image.actor]
      }),
    ),
  )
  if (!isAll) sayThereIsMore(flags)
}

function sayThereIsMore({ limit }: HistoryFlags): void {
  process.stderr.write(`berth: these are the latest ${limit}; --limit shows more\n`)
}

function readCount(text: string): number {
  if (/^[1-9][0-9]{0,6}$/.test(text)) return Number(text)
  throw new InvalidArgumentError('It must be a whole number from 1.')
}
