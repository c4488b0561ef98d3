/** An IP address as a number of 32 or 128 bits. */
export interface Address {
  readonly bits: 32 | 128
  readonly value: bigint
}

export interface Range {
  readonly address: Address
  /** How many bits from the left must agree. */
  readonly prefixBits: number
}

/** Reads `10.0.0.0/8`, `2001:db8::/32` or a single address; undefined for what is none. */
export function parseRange(text: string): Range | undefined {
  const [first = '', prefix, ...more] = text.split('/')
  const address = parseAddress(first)
  if (address === undefined || more.length > 0) return undefined
  const prefixBits = prefix === undefined ? address.bits : toNumber(prefix, 3)
  if (prefixBits === undefined || prefixBits > address.bits) return undefined
  return { address, prefixBits }
}

/** Reads an address; one of IPv4 written in IPv6's way (`::ffff:10.0.0.1`) is that of IPv4. */
export function parseAddress(text: string): Address | undefined {
  return text.includes(':') ? parseIpv6(text) : parseIpv4(text)
}

function parseIpv4(text: string): Address | undefined {
  const octets = text.split('.').map((part) => toNumber(part, 3))
  if (octets.length !== 4) return undefined
  let value = 0n
  for (const octet of octets) {
    if (octet === undefined || octet > 255) return undefined
    value = (value << 8n) | BigInt(octet)
  }
  return { bits: 32, value }
}

const groupsInAll = 8
const mappedPrefix = 0xffffn

function parseIpv6(text: string): Address | undefined {
  const halves = withoutDots(text)?.split('::')
  if (halves === undefined || halves.length > 2) return undefined
  const [left = [], right] = halves.map((half) => (half === '' ? [] : half.split(':')))
  const missing = groupsInAll - left.length - (right?.length ?? 0)
  if (right === undefined ? missing !== 0 : missing < 1) return undefined
  const value = toValue([...left, ...Array.from({ length: missing }, () => '0'), ...(right ?? [])])
  if (value === undefined) return undefined
  return value >> 32n === mappedPrefix ? { bits: 32, value: value & 0xffffffffn } : { bits: 128, value }
}

function toValue(groups: readonly string[]): bigint | undefined {
  if (!groups.every((group) => /^[0-9a-fA-F]{1,4}$/.test(group))) return undefined
  return groups.reduce((value, group) => (value << 16n) | BigInt(`0x${group}`), 0n)
}

/** Writes the last four bytes as two groups where they are written as an IPv4 address. */
function withoutDots(text: string): string | undefined {
  if (!text.includes('.')) return text
  const at = text.lastIndexOf(':') + 1
  const last = parseIpv4(text.slice(at))
  if (last === undefined) return undefined
  return `${text.slice(0, at)}${(last.value >> 16n).toString(16)}:${(last.value & 0xffffn).toString(16)}`
}

function toNumber(digits: string, atMost: number): number | undefined {
  return /^[0-9]+$/.test(digits) && digits.length <= atMost ? Number(digits) : undefined
}
