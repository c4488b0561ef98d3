import { parseAddress, parseRange, type Range } from '../ip-range.ts'
import type { Compile } from './operators.ts'

/** An address or a range in CIDR notation, of IPv4 or IPv6. What is neither fits nothing. */
export const ipAddress: Compile = (values) => {
  const ranges = values.map(parseRange).filter((range): range is Range => range !== undefined)
  return (actual) => {
    const address = parseAddress(actual)
    return address !== undefined && ranges.some((range) => contains(range, address))
  }
}

function contains({ address, prefixBits }: Range, other: typeof address): boolean {
  if (address.bits !== other.bits) return false
  const rest = BigInt(address.bits - prefixBits)
  return address.value >> rest === other.value >> rest
}
