/** A part of an address as it was before it was encoded; one that is broken, as in a link that was cut, stays as it is. */
export function decodePart(part: string): string {
  try {
    return decodeURIComponent(part)
  } catch {
    return part
  }
}
