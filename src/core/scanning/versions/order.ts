/** Negative when `one` is the earlier version, positive when it is the later, 0 when the two are the same version. */
export type VersionOrder = (one: string, other: string) => number

/** Orders runs of digits as the numbers they are, however long: leading zeros don't count. */
export function compareDigits(one: string, other: string): number {
  const [a, b] = [one.replace(/^0+/, ''), other.replace(/^0+/, '')]
  return a.length - b.length || compareText(a, b)
}

/** By code unit: for ASCII, which versions are, that is the order of `strcmp`. */
export function compareText(one: string, other: string): number {
  if (one === other) return 0
  return one < other ? -1 : 1
}

/** The first difference of two lists; a list that ends goes on with `missing`. */
export function compareLists<Item>(
  one: readonly Item[],
  other: readonly Item[],
  compare: (a: Item, b: Item) => number,
  missing: Item,
): number {
  const length = Math.max(one.length, other.length)
  for (let at = 0; at < length; at += 1) {
    const verdict = compare(one[at] ?? missing, other[at] ?? missing)
    if (verdict !== 0) return verdict
  }
  return 0
}
