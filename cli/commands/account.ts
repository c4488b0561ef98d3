import { Command } from 'commander'
import type { Account, BerthOperations } from '../../src/services/berth/shapes.ts'
import { type ClientFlags, clientCommand, connect, print } from '../client-command.ts'
import { formatTime } from '../format.ts'
import { readPages } from '../read-pages.ts'
import { table } from '../table.ts'

const description = `
Accounts are apart from each other, as on AWS: none sees another's repositories unless a policy of the repository or of its registry
lets it. Each has a registry in every region from its first use on. All of this is for the root of the server's own account.`

const createExamples = `
The key of the account's root is shown this once. \`berth account new-key\` makes another, \`berth account revoke-key\` takes one back.

Examples:
  berth account create 111122223333 --alias team-a
  berth account create 111122223333 --json | jq -r .secretAccessKey`

/** Several thousand accounts on one server are more than anyone reads. */
const mostAccounts = 100_000

type RootKey = BerthOperations['CreateAccount']['output']

/** `berth account`: the accounts that share this server. */
export function accountCommand(): Command {
  return new Command('account')
    .description('make accounts and the keys of their roots')
    .addHelpText('after', description)
    .addCommand(createCommand())
    .addCommand(listCommand())
    .addCommand(newKeyCommand())
    .addCommand(revokeKeyCommand())
}

function createCommand(): Command {
  return clientCommand('create', 'make an account, with a key of its root')
    .argument('<id>', 'twelve digits')
    .option('--alias <name>', 'a name that people know it by')
    .addHelpText('after', createExamples)
    .action(async (accountId: string, flags: ClientFlags & { readonly alias?: string }) => {
      const client = await connect(flags)
      const key = await client.call('CreateAccount', { accountId, alias: flags.alias })
      print(flags, key, describeKey)
    })
}

function listCommand(): Command {
  return clientCommand('list', "list the accounts beside the server's own").action(
    async (flags: ClientFlags) => {
      const client = await connect(flags)
      const { rows } = await readPages<Account>(mostAccounts, async ({ nextToken }) => {
        const page = await client.call('ListAccounts', { nextToken })
        return { rows: page.accounts, nextToken: page.nextToken }
      })
      print(flags, rows, describeAccounts)
    },
  )
}

function newKeyCommand(): Command {
  return clientCommand('new-key', "make another key of an account's root, of two at the most")
    .argument('<id>', 'the account')
    .action(async (accountId: string, flags: ClientFlags) => {
      const client = await connect(flags)
      print(flags, await client.call('CreateAccountKey', { accountId }), describeKey)
    })
}

function revokeKeyCommand(): Command {
  return clientCommand('revoke-key', "take a key of an account's root back, with all its logins")
    .argument('<id>', 'the account')
    .argument('<key-id>', 'as `berth account list` names it')
    .action(async (accountId: string, accessKeyId: string, flags: ClientFlags) => {
      const client = await connect(flags)
      const answer = await client.call('DeleteAccountKey', { accountId, accessKeyId })
      print(flags, answer, () => `The key ${accessKeyId} is good for nothing any more\n`)
    })
}

function describeKey({ accountId, accessKeyId, secretAccessKey }: RootKey): string {
  return [
    `The root of account ${accountId} has a new key. Its secret is shown this once:`,
    '',
    `  AWS_ACCESS_KEY_ID=${accessKeyId}`,
    `  AWS_SECRET_ACCESS_KEY=${secretAccessKey}`,
    '',
  ].join('\n')
}

function describeAccounts(accounts: readonly Account[]): string {
  if (accounts.length === 0)
    return "There is no account beside the server's own; `berth account create` makes one\n"
  const rows = accounts.map(({ accountId, alias = '', createdAt, accessKeyIds }) => [
    accountId,
    alias,
    formatTime(createdAt),
    accessKeyIds.join(', '),
  ])
  return table(['ACCOUNT', 'ALIAS', 'CREATED', 'ROOT KEYS'], rows)
}
