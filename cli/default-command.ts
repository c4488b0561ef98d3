/** What `berth` alone, or with flags that aren't its own, does. */
const defaultCommand = 'serve'
const ownFlags = ['--help', '-h', '--version', '-V']

/** The arguments with the command that stands unspoken: `--port 5000` means `serve --port 5000`. */
export function withDefaultCommand(args: readonly string[]): readonly string[] {
  const [first] = args
  const isSpoken = first !== undefined && (!first.startsWith('-') || ownFlags.includes(first))
  return isSpoken ? args : [defaultCommand, ...args]
}
