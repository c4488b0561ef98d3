import { Command } from 'commander'
import type { SigningKey } from '../../src/services/berth/shapes.ts'
import { CliError } from '../cli-error.ts'
import { type ClientFlags, clientCommand, connect, print } from '../client-command.ts'
import { formatTime } from '../format.ts'
import { facts, table } from '../table.ts'

const help = `
A key signs the images that a signing configuration names it for, when they are pushed. It takes the place of a profile of AWS
Signer; it is kept encrypted and never leaves the server. Signatures are those of notation (Notary Project), stored as referrers.

Examples:
  berth keys create release
  aws ecr put-signing-configuration --signing-configuration \\
    '{"rules":[{"signingProfileArn":"arn:aws:signer:us-east-1:000000000000:/signing-profiles/release"}]}'
  berth keys certificate release > berth.pem
  notation certificate add --type ca --store berth berth.pem`

/** `berth keys`: what signs images. */
export function keysCommand(): Command {
  return new Command('keys')
    .description('make, list or delete keys that sign images on push')
    .addHelpText('after', help)
    .addCommand(createCommand())
    .addCommand(listCommand())
    .addCommand(certificateCommand())
    .addCommand(deleteCommand())
}

function createCommand(): Command {
  return clientCommand('create', 'make a key')
    .argument('<profile>', 'letters, digits and _')
    .action(async (profileName: string, flags: ClientFlags) => {
      const client = await connect(flags)
      print(
        flags,
        await client.call('CreateSigningKey', { profileName }),
        ({ signingProfileArn, createdAt }) =>
          facts([
            ['Signing profile', signingProfileArn],
            ['Created', formatTime(createdAt)],
          ]),
      )
    })
}

function listCommand(): Command {
  return clientCommand('list', 'list the keys of the registry').action(async (flags: ClientFlags) => {
    const client = await connect(flags)
    const { keys } = await client.call('ListSigningKeys', {})
    print(flags, keys, () => {
      if (keys.length === 0) return 'There is no key; `berth keys create` makes one\n'
      const rows = keys.map(({ profileName, signingProfileArn, createdAt }) => {
        return [profileName, formatTime(createdAt), signingProfileArn]
      })
      return table(['PROFILE', 'CREATED', 'ARN'], rows)
    })
  })
}

function certificateCommand(): Command {
  return clientCommand('certificate', 'print the certificate that who verifies must trust')
    .argument('<profile>', 'the key')
    .option('--chain', "the signer's certificate and its issuer's")
    .action(async (profileName: string, flags: ClientFlags & { readonly chain?: boolean }) => {
      const client = await connect(flags)
      const key = findKey((await client.call('ListSigningKeys', {})).keys, profileName)
      const { certificateChain, trustedCertificate } = key
      print(flags, key, () => (flags.chain ? certificateChain : trustedCertificate))
    })
}

function deleteCommand(): Command {
  return clientCommand('delete', 'delete a key for good; what it has signed stays signed')
    .argument('<profile>', 'the key')
    .action(async (profileName: string, flags: ClientFlags) => {
      const client = await connect(flags)
      print(flags, await client.call('DeleteSigningKey', { profileName }), () => `Deleted ${profileName}\n`)
    })
}

function findKey(keys: readonly SigningKey[], name: string): SigningKey {
  const key = keys.find(({ profileName }) => profileName === name)
  if (key === undefined)
    throw new CliError(`There is no signing profile '${name}'; \`berth keys list\` tells them`)
  return key
}
