/** Databases limit how many values one statement may name (SQLite: 32,766); this stays far below. */
const chunkSize = 1000

/** Runs `query` on a thousand items at a time and joins what it answers. */
export async function inChunks<Item, Row>(
  items: readonly Item[],
  query: (chunk: readonly Item[]) => Promise<readonly Row[]>,
): Promise<Row[]> {
  const rows: Row[] = []
  for (let start = 0; start < items.length; start += chunkSize) {
    rows.push(...(await query(items.slice(start, start + chunkSize))))
  }
  return rows
}
