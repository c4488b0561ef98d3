import { BlockList, isIP } from 'node:net'

/** Not for the public internet, by IANA's registry of special-purpose addresses: private, shared, loopback, link-local and the like. */
const specialIpv4 = [
  '0.0.0.0/8',
  '10.0.0.0/8',
  '100.64.0.0/10',
  '127.0.0.0/8',
  '169.254.0.0/16',
  '172.16.0.0/12',
  '192.0.0.0/24',
  '192.0.2.0/24',
  '192.88.99.0/24',
  '192.168.0.0/16',
  '198.18.0.0/15',
  '198.51.100.0/24',
  '203.0.113.0/24',
  '224.0.0.0/4',
  '240.0.0.0/4',
]

/** Of the global unicast addresses: protocol assignments (Teredo, ORCHID), documentation, and 6to4, which hides an IPv4 address. */
const specialIpv6 = ['2001::/23', '2001:db8::/32', '2002::/16', '3fff::/20']

const special = listOf([...specialIpv4, ...specialIpv6])
const globalUnicast = listOf(['2000::/3'])

/** IPv6 addresses that stand for the IPv4 address in their last 32 bits: mapped (RFC 4291, 2.5.5.2) and NAT64 (RFC 6052). */
const carriesIpv4 = listOf(['::ffff:0:0/96', '64:ff9b::/96'])

/**
 * Whether an IP address belongs to the public internet, and not to this machine, its networks or its cloud's metadata service.
 * What is no address isn't public.
 */
export function isPublicAddress(address: string): boolean {
  if (isIP(address) === 4) return !special.check(address, 'ipv4')
  if (isIP(address) !== 6) return false
  if (carriesIpv4.check(address, 'ipv6')) return isPublicAddress(carriedIpv4(address))
  return globalUnicast.check(address, 'ipv6') && !special.check(address, 'ipv6')
}

/** `::ffff:a00:1` is 10.0.0.1. URL writes every IPv6 address one way, its last 32 bits as two groups. */
function carriedIpv4(address: string): string {
  const [, high = '', low = ''] =
    /(?:([0-9a-f]+)|:):([0-9a-f]+)\]$/.exec(new URL(`http://[${address.split('%')[0]}]`).hostname) ?? []
  const bits = (Number.parseInt(high || '0', 16) << 16) | Number.parseInt(low || '0', 16)
  return [24, 16, 8, 0].map((shift) => (bits >>> shift) & 255).join('.')
}

function listOf(networks: readonly string[]): BlockList {
  const list = new BlockList()
  for (const network of networks) {
    const [address = '', length] = network.split('/')
    list.addSubnet(address, Number(length), isIP(address) === 4 ? 'ipv4' : 'ipv6')
  }
  return list
}
