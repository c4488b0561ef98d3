const units = ['B', 'KB', 'MB', 'GB', 'TB']

/** A size as ECR's console has it: `12.34` megabytes are of a million bytes each. */
export function formatBytes(bytes: number): string {
  let value = bytes
  let unit = 0
  while (value >= 1000 && unit < units.length - 1) {
    value /= 1000
    unit += 1
  }
  return `${unit === 0 ? value : value.toFixed(2)} ${units[unit]}`
}
