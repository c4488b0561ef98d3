import type { Command } from 'commander'
import { type ClientFlags, clientCommand, connect, print } from '../client-command.ts'
import { formatTime } from '../format.ts'

const examples = `
The link signs in whoever opens it first, within two minutes, for twelve hours. A browser keeps the part after # to itself.

Examples:
  berth console
  xdg-open "$(berth console --json | jq -r .url)"`

/** `berth console`: a link that opens the web console and signs in. */
export function consoleCommand(): Command {
  return clientCommand('console', 'print a link that opens the web console, signed in')
    .addHelpText('after', examples)
    .action(async (flags: ClientFlags) => {
      const client = await connect(flags)
      const { ticket, expiresAt, region } = await client.call('CreateConsoleTicket', {})
      const url = `${client.endpoint.replace(/\/$/, '')}/console/?region=${region}#ticket=${ticket}`
      print(
        flags,
        { url, expiresAt },
        (link) => `${link.url}\n\nGood once, until ${formatTime(link.expiresAt)}.\n`,
      )
    })
}
