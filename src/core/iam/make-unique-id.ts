const base32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'

/** An id of 21 characters that is given once, such as `AIDA…`. */
export function makeUniqueId(prefix: string, randomBytes: (size: number) => Uint8Array): string {
  return `${prefix}${Array.from(randomBytes(17), (byte) => base32[byte % base32.length]).join('')}`
}
