import { inspect } from 'node:util'
import { type LogLevel, logLevels } from '../config/log-level.ts'
import type { Log } from './log.ts'
import type { LogOutput } from './log-output.ts'

type Method = keyof Log

/**
 * The log for a person at a terminal: time, level, sentence, then the facts as `name=value`. Control characters are
 * escaped, so that a client's text can't act on the terminal. An error under `err` is shown whole.
 */
export function terminalLog(level: LogLevel, output: LogOutput, now: () => Date): Log {
  const least = logLevels.indexOf(level)
  const method = (name: Method) => (facts: object, sentence: string) => {
    if (logLevels.indexOf(name) >= least)
      output.write(`${clock(now())} ${name.padEnd(5)} ${sentence}${show(facts)}\n`)
  }
  return { debug: method('debug'), info: method('info'), warn: method('warn'), error: method('error') }
}

function clock(time: Date): string {
  return time.toISOString().slice(11, 19)
}

function show(facts: object): string {
  return Object.entries(facts)
    .map(([name, value]) => ` ${name}=${value instanceof Error ? inspect(value) : JSON.stringify(value)}`)
    .join('')
}
