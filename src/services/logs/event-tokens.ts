import { LogsParameterError } from '../../core/log-events/errors.ts'
import { type LogPosition, readPosition, writePosition } from '../../core/log-events/log-event.ts'

/** Where GetLogEvents goes on: forward from a position, or back from it. */
export interface EventToken {
  readonly order: 'forward' | 'backward'
  readonly position: LogPosition
}

/** `f/<56 digits>/s` or `b/<56 digits>/s`, as on AWS, whose clients tell the end by a token that comes back unchanged. */
export function writeToken({ order, position }: EventToken): string {
  return `${order === 'forward' ? 'f' : 'b'}/${writePosition(position)}/s`
}

/** @throws LogsParameterError */
export function readToken(token: string): EventToken {
  const [, letter, digits = ''] = /^([fb])\/(\d{56})\/s$/.exec(token) ?? []
  const position = readPosition(digits)
  if (position === undefined) throw new LogsParameterError('The specified nextToken is invalid.')
  return { order: letter === 'f' ? 'forward' : 'backward', position }
}
