const stampPattern = /^(\d{4})(\d{2})(\d{2})T(\d{2})(\d{2})(\d{2})Z$/

/** A moment as signatures write it: `20260131T123456Z`, whole seconds. */
export function formatStamp(moment: Date): string {
  return `${moment.toISOString().slice(0, 19).replaceAll(/[-:]/g, '')}Z`
}

/** Reads a stamp; undefined for anything that isn't one, or names no real moment. */
export function parseStamp(text: string): Date | undefined {
  const parts = stampPattern.exec(text)
  if (!parts) return undefined
  const [, year, month, day, hour, minute, second] = parts
  const moment = new Date(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`)
  // Date moves the 30th of February to March; a stamp that doesn't come back as it was names no moment.
  return Number.isNaN(moment.getTime()) || formatStamp(moment) !== text ? undefined : moment
}

/** Reads an HTTP `Date` header: a stamp, or a date of RFC 9110, section 5.6.7. */
export function parseHttpDate(text: string): Date | undefined {
  const stamp = parseStamp(text)
  if (stamp) return stamp
  if (!/^[A-Z][a-z]{2}, \d{2} [A-Z][a-z]{2} \d{4} \d{2}:\d{2}:\d{2} GMT$/.test(text)) return undefined
  const moment = new Date(text)
  return Number.isNaN(moment.getTime()) ? undefined : moment
}
