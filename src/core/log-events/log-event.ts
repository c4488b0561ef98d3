/** Bytes that count for an event besides those of its message. @see Amazon CloudWatch Logs API reference, PutLogEvents */
export const eventOverhead = 26

/** A line of a log, or several that belong together. */
export interface LogEvent {
  /** Milliseconds since 1970-01-01 UTC. */
  readonly timestamp: number
  readonly message: string
}

/** An event as it is kept. */
export interface StoredLogEvent extends LogEvent {
  /** Grows with time. */
  readonly id: number
  /** The stream's name. */
  readonly stream: string
  readonly ingestedAt: number
}

/** A place among the events of a stream or a group: they go by timestamp, those of one timestamp in the order in which they came. */
export interface LogPosition {
  readonly timestamp: number
  readonly id: number
}

const timeDigits = 20
const idDigits = 36

/** A position as the 56 digits that stand in event ids and page tokens. */
export function writePosition({ timestamp, id }: LogPosition): string {
  return String(timestamp).padStart(timeDigits, '0') + String(id).padStart(idDigits, '0')
}

/** The position that 56 digits name; undefined for any other text. */
export function readPosition(digits: string): LogPosition | undefined {
  if (!/^\d{56}$/.test(digits)) return undefined
  const timestamp = Number(digits.slice(0, timeDigits))
  const id = Number(digits.slice(timeDigits))
  return Number.isSafeInteger(timestamp) && Number.isSafeInteger(id) ? { timestamp, id } : undefined
}
