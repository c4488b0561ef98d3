import {
  type ImportTally,
  importAdvisories as importRecords,
} from '../../registry/scans/import-advisories.ts'
import type { BerthAction } from './berth-action.ts'
import { onServer } from './permissions.ts'

/** Puts OSV records where scans find them. */
export const importAdvisories: BerthAction<'ImportAdvisories'> = {
  operation: 'ImportAdvisories',
  permissions: onServer('berth:ImportAdvisories'),
  async run({ records }, _call, { registry }) {
    const lines = records
      .split('\n')
      .flatMap((text, at) => (text.trim() === '' ? [] : [{ text, line: at + 1 }]))
    const parsed = lines.map(({ text }) => parse(text))
    const { changed, unchanged, ignored, invalid } = await importRecords(registry, parsed)
    return { changed, unchanged, ignored, invalid: invalid.map((record) => toShape(record, lines)) }
  },
}

/** What isn't JSON is no record, which is told with the others that are none. */
function parse(line: string): unknown {
  try {
    return JSON.parse(line)
  } catch {
    return undefined
  }
}

function toShape(
  { index, reason }: ImportTally['invalid'][number],
  lines: readonly { readonly line: number }[],
) {
  return { line: lines[index]?.line ?? 0, reason }
}
