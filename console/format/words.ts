/** A constant of the API in words: `BEYOND_COUNT` is `Beyond count`. */
export function inWords(constant: string): string {
  const text = constant.toLowerCase().replaceAll(/[_-]/g, ' ')
  return text.charAt(0).toUpperCase() + text.slice(1)
}
