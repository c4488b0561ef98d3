import { Command } from 'commander'
import { type ClientFlags, clientCommand } from '../client-command.ts'
import { findConnection } from '../connection.ts'
import { askToExecute } from '../ecs-client.ts'
import { showSession } from '../exec-session.ts'
import { adoptCommand } from './adopt.ts'
import { redeployCommand } from './redeploy.ts'

const examples = `
The task must have been started with enableExecuteCommand, and you need ecs:ExecuteCommand on it. It ends with the command's exit code.

Examples:
  berth ecs exec default 0123456789abcdef0123456789abcdef
  berth ecs exec default 0123456789abcdef0123456789abcdef --container web -- ls -l /tmp`

/** `berth ecs`: what the aws command line needs a plugin or several commands for. */
export function ecsCommand(): Command {
  return new Command('ecs')
    .description('run commands in containers, redeploy services on pushes, take up what runs on the engine')
    .addCommand(execCommand())
    .addCommand(redeployCommand())
    .addCommand(adoptCommand())
}

function execCommand(): Command {
  return clientCommand('exec', 'run a command in a container, with this terminal')
    .argument('<cluster>', 'name or ARN')
    .argument('<task>', 'id or ARN')
    .argument('[command...]', 'what to run (default: /bin/sh)')
    .option('--container <name>', 'needed where the task has several')
    .addHelpText('after', examples)
    .action(exec)
}

async function exec(
  cluster: string,
  task: string,
  words: readonly string[],
  { container, ...flags }: ClientFlags & { readonly container?: string },
): Promise<void> {
  const connection = await findConnection(flags)
  const command = words.length === 0 ? '/bin/sh' : words.map(quoted).join(' ')
  const answer = await askToExecute(connection, { cluster, task, container, command })
  process.exitCode = await showSession(answer, { input: process.stdin, output: process.stdout })
}

function quoted(word: string): string {
  return `'${word.replaceAll("'", `'\\''`)}'`
}
