import type { Command } from 'commander'

/**
 * Gives a command, and all below it, what their parent says of help, errors and how they end. Commander does so only for commands that it
 * makes itself; others would end the process by themselves, with another exit code and without a word of help.
 */
export function inheritSettings(command: Command, parent: Command): Command {
  command.copyInheritedSettings(parent)
  for (const below of command.commands) inheritSettings(below, command)
  return command
}
