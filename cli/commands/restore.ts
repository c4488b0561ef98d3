import type { Command } from 'commander'
import type { BerthOperations } from '../../src/services/berth/shapes.ts'
import { CliError } from '../cli-error.ts'
import { type ClientFlags, clientCommand, connect, print } from '../client-command.ts'
import { parseImageReference } from '../image-reference.ts'

type Restored = BerthOperations['RestoreImage']['output']

const examples = `
An index comes back with the images that it lists, any image with the signatures that were deleted together with it. Nothing is
overwritten: an immutable tag stays where it is. \`berth history <repository> --deleted\` lists what can be restored.

Examples:
  berth restore team/app@sha256:...            the image alone
  berth restore team/app@sha256:... --tags     with the tags that it had
  berth restore team/app@sha256:... latest     points latest back at it`

/** `berth restore`: takes a deletion or the move of a tag back. */
export function restoreCommand(): Command {
  return clientCommand('restore', 'bring back a deleted image, or point a tag back')
    .argument('<repository@digest>', 'the image')
    .argument('[tag]', 'a tag to point at it')
    .option('--tags', 'give it the tags that it had, unless others have them by now')
    .addHelpText('after', examples)
    .action(restore)
}

async function restore(
  name: string,
  imageTag: string | undefined,
  flags: ClientFlags & { readonly tags?: boolean },
): Promise<void> {
  const { repositoryName, digest: imageDigest } = parseImageReference(name)
  if (imageDigest === undefined) throw withoutDigest(repositoryName)
  const client = await connect(flags)
  const asked = { repositoryName, imageDigest, imageTag, restoreTags: flags.tags ?? false }
  print(flags, await client.call('RestoreImage', asked), describe)
}

function withoutDigest(repositoryName: string): CliError {
  return new CliError(
    'Which image is to be restored? It is named by its digest, as in team/app@sha256:...',
    `\`berth history ${repositoryName}\` and \`berth history ${repositoryName} --deleted\` show digests.`,
  )
}

function describe({ restoredDigests, tags, takenTags, imageDigest }: Restored): string {
  const done = [
    ...restoredDigests.map((digest) => `Restored ${digest}\n`),
    ...tags.map((tag) => `Tagged ${tag.imageDigest} ${tag.imageTag}\n`),
  ]
  const left = takenTags.map((tag) => `Left ${tag.imageTag} where it is by now: ${tag.imageDigest}\n`)
  if (done.length === 0 && left.length === 0) return `Nothing to do: ${imageDigest} is there\n`
  return [...done, ...left].join('')
}
