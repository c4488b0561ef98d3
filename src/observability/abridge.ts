const longestText = 256
const longestList = 100
const deepest = 8

/**
 * A value as an audit line shows it: long texts and lists are cut, bytes are told by their number alone. What comes out is
 * small whatever goes in.
 */
export function abridge(value: unknown, depth = 0): unknown {
  if (typeof value === 'string')
    return value.length <= longestText ? value : `${value.slice(0, longestText)}...`
  if (value instanceof Uint8Array) return `${value.byteLength} bytes`
  if (value instanceof Date || typeof value !== 'object' || value === null) return value
  if (depth === deepest) return '...'
  if (Array.isArray(value)) return value.slice(0, longestList).map((each) => abridge(each, depth + 1))
  return Object.fromEntries(
    Object.entries(value)
      .slice(0, longestList)
      .map(([name, member]) => [name, abridge(member, depth + 1)]),
  )
}
