import { type Command, Option } from 'commander'
import { type ClientFlags, clientCommand, connect } from '../client-command.ts'
import { parseImageReference } from '../image-reference.ts'

const examples = `
The image must have been scanned: on push, or by \`aws ecr start-image-scan\`.

Examples:
  berth sbom team/app:v1 > sbom.cdx.json
  berth sbom team/app@sha256:... --format spdx`

type SbomFlags = ClientFlags & { readonly format: 'cyclonedx' | 'spdx' }

/** `berth sbom`: the packages of an image, as a document that other tools read. */
export function sbomCommand(): Command {
  return clientCommand('sbom', 'print the packages of an image as a bill of materials')
    .argument('<repository:tag>', 'the image, by a tag or by its digest')
    .addOption(
      new Option('--format <format>', 'of the document').choices(['cyclonedx', 'spdx']).default('cyclonedx'),
    )
    .addHelpText('after', examples)
    .action(async (name: string, { format, ...flags }: SbomFlags) => {
      const { repositoryName, tag: imageTag, digest: imageDigest } = parseImageReference(name)
      const client = await connect(flags)
      const asked = {
        repositoryName,
        imageTag,
        imageDigest,
        format: format === 'spdx' ? 'SPDX' : 'CYCLONEDX',
      } as const
      const { document } = await client.call('GetSoftwareBillOfMaterials', asked)
      process.stdout.write(`${JSON.stringify(JSON.parse(document), undefined, 2)}\n`)
    })
}
