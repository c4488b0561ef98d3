import type { ReactNode } from 'react'
import { formatTime, fromSeconds } from '../format/time.ts'

/** A time in the reader's zone, with the same in UTC for who rests on it. */
export function Moment({ at }: { readonly at: Date | number | undefined }): ReactNode {
  if (at === undefined) return '-'
  const moment = typeof at === 'number' ? fromSeconds(at) : at
  return (
    <time
      className="moment"
      dateTime={moment.toISOString()}
      title={`${moment.toISOString().slice(0, 19).replace('T', ' ')} UTC`}
    >
      {formatTime(moment)}
    </time>
  )
}
