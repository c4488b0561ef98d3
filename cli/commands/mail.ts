import { Command } from 'commander'
import type { Mail } from '../../src/services/berth/shapes.ts'
import type { BerthClient } from '../berth-client.ts'
import { CliError } from '../cli-error.ts'
import { type ClientFlags, clientCommand, connect, print } from '../client-command.ts'
import { formatTime } from '../format.ts'
import { readId } from '../read-id.ts'
import { readPages } from '../read-pages.ts'
import { table } from '../table.ts'

/** As many as a screen shows. */
const listed = 20

const examples = `
Without --smtp-url Berth keeps the e-mails that it would send: confirmations of SNS subscriptions, and their messages.

Examples:
  berth mail list
  berth mail show                  the latest, with the link that confirms
  berth mail show 7
  berth mail test dev@example.com  whether --smtp-url is right`

/** `berth mail`: the built-in mailbox, and a way to try the mail server. */
export function mailCommand(): Command {
  return new Command('mail')
    .description('read the built-in mailbox, or try the mail server')
    .addHelpText('after', examples)
    .addCommand(listCommand())
    .addCommand(showCommand())
    .addCommand(testCommand())
}

function listCommand(): Command {
  return clientCommand('list', 'list the latest e-mails').action(async (flags: ClientFlags) => {
    const client = await connect(flags)
    print(flags, await readMails(client, listed), describe)
  })
}

function showCommand(): Command {
  return clientCommand('show', 'print an e-mail')
    .argument('[id]', 'as `berth mail list` names it; the latest unless told', readId)
    .action(async (id: number | undefined, flags: ClientFlags) => {
      const client = await connect(flags)
      print(flags, await findMail(client, id), whole)
    })
}

function testCommand(): Command {
  return clientCommand('test', 'send an e-mail that says that it works')
    .argument('<address>', 'to whom')
    .action(async (to: string, flags: ClientFlags) => {
      const client = await connect(flags)
      print(flags, await client.call('SendTestMail', { to }), ({ answer }) => `${answer}\n`)
    })
}

async function readMails(client: BerthClient, limit: number): Promise<readonly Mail[]> {
  const { rows } = await readPages(limit, async (page) => {
    const { mails, nextToken } = await client.call('ListMail', page)
    return { rows: mails, nextToken }
  })
  return rows
}

async function findMail(client: BerthClient, mailId: number | undefined): Promise<Mail> {
  if (mailId !== undefined) return (await client.call('DescribeMail', { mailId })).mail
  const [latest] = await readMails(client, 1)
  if (latest === undefined) throw new CliError('The mailbox is empty')
  return latest
}

function describe(mails: readonly Mail[]): string {
  return table(
    ['ID', 'SENT', 'TO', 'SUBJECT'],
    mails.map(({ mailId, sentAt, to, subject }) => [String(mailId), formatTime(sentAt), to, subject]),
  )
}

function whole({ from, to, sentAt, subject, text }: Mail): string {
  return `From: ${from}\nTo: ${to}\nDate: ${formatTime(sentAt)}\nSubject: ${subject}\n\n${text}`
}
