const local = new Intl.DateTimeFormat(undefined, {
  dateStyle: 'medium',
  timeStyle: 'medium',
})

/** A moment in the reader's own zone. */
export function formatTime(at: Date): string {
  return local.format(at)
}

/** A moment as Berth's own operations tell it. */
export function fromSeconds(seconds: number): Date {
  return new Date(seconds * 1000)
}
