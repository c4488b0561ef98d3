import { createHmac } from 'node:crypto'

/** What a Berth has marked its own with while marks followed from the key of its data folder. */
export function formerMark(sealKey: Uint8Array): string {
  return createHmac('sha256', sealKey).update('engine owner').digest('hex').slice(0, 12)
}
