import { Command } from 'commander'

/** `berth version`: prints the version alone, for scripts. */
export function versionCommand(version: string): Command {
  return new Command('version').description('print the version').action(() => {
    process.stdout.write(`${version}\n`)
  })
}
