const units = ['KiB', 'MiB', 'GiB', 'TiB', 'PiB']

/** A number of bytes for people: `512 B`, `1.5 MiB`. */
export function formatBytes(bytes: number): string {
  if (bytes < 1024) return `${bytes} B`
  const power = Math.min(Math.floor(Math.log2(bytes) / 10), units.length)
  return `${(bytes / 1024 ** power).toFixed(1)} ${units[power - 1]}`
}

/** A moment for people and programs alike, to the second: `2026-03-01T08:00:00Z`. */
export function formatTime(moment: Date): string {
  return `${moment.toISOString().slice(0, 19)}Z`
}

/** A count with its noun: `1 blob`, `2 blobs`, and where that isn't how it is said, with its plural. */
export function formatCount(count: number, noun: string, plural = `${noun}s`): string {
  return `${count} ${count === 1 ? noun : plural}`
}
