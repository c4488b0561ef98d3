import type { Command } from 'commander'
import type { ReplicatedImage } from '../../src/services/berth/shapes.ts'
import { type ClientFlags, clientCommand, connect, print } from '../client-command.ts'
import { formatCount } from '../format.ts'
import { parseImageReference } from '../image-reference.ts'
import { readPages } from '../read-pages.ts'
import { table } from '../table.ts'

const examples = `
Replication rules (\`aws ecr put-replication-configuration\`) are for what is pushed after they were put. This has images that are there
already replicated as the rules say, each to where it isn't yet; the work goes on in the background, and
\`aws ecr describe-image-replication-status\` tells of each image how far it is.

Examples:
  berth replicate --dry-run            which images would go where, of all repositories
  berth replicate team/app             those of one repository
  berth replicate team/app --again     also to where they are, for tags from before the rules and what was deleted there`

type ReplicateFlags = ClientFlags & { readonly dryRun?: boolean; readonly again?: boolean }

/** `berth replicate`: has images that are there already replicated as the rules say. */
export function replicateCommand(): Command {
  return clientCommand('replicate', 'replicate images that are there already')
    .argument('[repository]', 'the repository; all of them unless told')
    .option('--dry-run', 'only tell what would be replicated')
    .option('--again', 'also to where images are already')
    .addHelpText('after', examples)
    .action(async (name: string | undefined, flags: ReplicateFlags) => {
      const repositoryName = name === undefined ? undefined : parseImageReference(name).repositoryName
      const client = await connect(flags)
      const { dryRun, again } = flags
      const { rows } = await readPages(Number.MAX_SAFE_INTEGER, async (page) => {
        const asked = { repositoryName, dryRun, again, ...page }
        const { images, nextToken } = await client.call('ReplicateImages', asked)
        return { rows: images, nextToken }
      })
      print(flags, rows, () => describe(rows, dryRun === true))
    })
}

function describe(images: readonly ReplicatedImage[], isDryRun: boolean): string {
  const what = formatCount(images.length, 'image')
  if (images.length === 0) return 'No image has anywhere to go by the replication rules.\n'
  const rows = images.map(({ repositoryName, imageDigest, imageTags, destinations }) => [
    repositoryName,
    imageDigest,
    imageTags.join(',') || '-',
    destinations.map(({ registryId, region }) => `${registryId}/${region}`).join(' '),
  ])
  const end = isDryRun ? `${what} would be replicated.` : `${what} to be replicated, in the background.`
  return `${table(['REPOSITORY', 'IMAGE', 'TAGS', 'TO'], rows)}\n${end}\n`
}
