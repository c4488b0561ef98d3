/** So many tags, in byte order. */
export function tagsOf(count: number): string[] {
  return Array.from({ length: count }, (_, number) => `build-${String(number).padStart(8, '0')}`)
}
