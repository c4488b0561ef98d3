import { pino, stdSerializers } from 'pino'
import type { LogLevel } from '../config/log-level.ts'
import type { Log } from './log.ts'
import type { LogOutput } from './log-output.ts'
import { terminalLog } from './terminal-log.ts'

/**
 * Makes the log: a JSON object per line for machines (pino's fields, times in ISO 8601), a readable line for a terminal.
 * An error is given under `err`; its stack goes into the log and nowhere else.
 */
export function createLog(level: LogLevel, output: LogOutput, now: () => Date): Log {
  if (output.isTTY) return terminalLog(level, output, now)
  return pino(
    {
      level,
      base: null,
      timestamp: () => `,"time":"${now().toISOString()}"`,
      formatters: { level: (label) => ({ level: label }) },
      serializers: { err: stdSerializers.errWithCause },
    },
    { write: (line) => void output.write(line) },
  )
}
