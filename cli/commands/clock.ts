import { Command, InvalidArgumentError } from 'commander'
import { durationMs, isDuration } from '../../src/config/duration.ts'
import { type ClientFlags, clientCommand, connect, print } from '../client-command.ts'
import { formatCount, formatTime } from '../format.ts'

const examples = `
For tests of what takes time, with a Berth that runs with --dev: images come of age, uploads and tokens expire, schedules are due.
It comes back when everything that is due by then has run. Requests are signed by the true time, as ever. Time never goes back while
the server runs; a server that starts begins with the true time.

Examples:
  berth clock                  the server's time
  berth clock advance 14d      let two weeks pass
  berth clock advance 90s`

/** `berth clock`: the time of a server in development mode, and a way to move it. */
export function clockCommand(): Command {
  return new Command('clock')
    .description('tell or move the time of a server in development mode')
    .addHelpText('after', examples)
    .addCommand(showCommand(), { isDefault: true })
    .addCommand(advanceCommand())
}

function showCommand(): Command {
  return clientCommand('show', 'tell the time').action(async (flags: ClientFlags) => {
    const client = await connect(flags)
    print(flags, await client.call('DescribeClock', {}), describeTime)
  })
}

function advanceCommand(): Command {
  return clientCommand('advance', 'let time pass at once, and run all that is due by then')
    .argument('<duration>', 'such as 90s, 30m, 24h or 14d', readSeconds)
    .action(async (seconds: number, flags: ClientFlags) => {
      const client = await connect(flags)
      const moved = await client.call('AdvanceClock', { seconds })
      print(flags, moved, (time) => `${describeTime(time)}${formatCount(time.jobsRun, 'job')} ran\n`)
    })
}

function describeTime({ now, secondsAhead }: { readonly now: Date; readonly secondsAhead: number }): string {
  return `${formatTime(now)}, ${formatCount(secondsAhead, 'second')} ahead\n`
}

function readSeconds(text: string): number {
  if (isDuration(text)) return durationMs(text) / 1_000
  throw new InvalidArgumentError('It must be a whole number with a unit: 90s, 30m, 24h or 14d.')
}
