import { parseAddress, parseRange } from '../../policies/ip-range.ts'
import { InvalidEventPatternError } from '../invalid-event-pattern.ts'
import type { LeafTest } from '../leaf.ts'

/** `{"cidr": "10.0.0.0/24"}`, of IPv4 or IPv6; bits behind the mask may be set. */
export function readCidr(operand: unknown): LeafTest {
  if (typeof operand !== 'string') throw new InvalidEventPatternError('prefix match pattern must be a string')
  const [address = '', mask = '', ...more] = operand.split('/')
  if (mask === '' || more.length > 0) throw new InvalidEventPatternError("Malformed CIDR, one '/' required")
  if (!/^\d+$/.test(mask)) throw new InvalidEventPatternError('Malformed CIDR, mask bits must be an integer')
  if (parseAddress(address) === undefined) {
    throw new InvalidEventPatternError(`Nonstandard IP address: ${address}`)
  }
  const range = parseRange(operand)
  if (range === undefined) throw new InvalidEventPatternError(maskTooLong(address))
  const { bits, value: first } = range.address
  const rest = BigInt(bits - range.prefixBits)
  return (value) => {
    const given = typeof value === 'string' ? parseAddress(value) : undefined
    return given?.bits === bits && given.value >> rest === first >> rest
  }
}

function maskTooLong(address: string): string {
  return address.includes(':') ? 'IPv6 mask bits must be < 128' : 'IPv4 mask bits must be < 32'
}
