import { BlockList, isIP } from 'node:net'

/**
 * Addresses and networks separated by commas, such as `10.0.0.0/8, ::1`; undefined when one of them is none. An empty text
 * has none.
 */
export function parseNetworks(text: string): BlockList | undefined {
  const networks = new BlockList()
  const parts = text === '' ? [] : text.split(/ *, */)
  return parts.every((part) => add(networks, part)) ? networks : undefined
}

/** An address in a network. IPv4 addresses that come in IPv6's clothes are known as well. */
export function isIn(networks: BlockList, address: string): boolean {
  return isIP(address) !== 0 && networks.check(address, familyOf(address))
}

function add(networks: BlockList, text: string): boolean {
  const [address = '', length, ...rest] = text.split('/')
  if (isIP(address) === 0 || rest.length > 0) return false
  const bits = isIP(address) === 4 ? 32 : 128
  if (length !== undefined && (!/^[0-9]{1,3}$/.test(length) || Number(length) > bits)) return false
  networks.addSubnet(address, length === undefined ? bits : Number(length), familyOf(address))
  return true
}

function familyOf(address: string): 'ipv4' | 'ipv6' {
  return isIP(address) === 4 ? 'ipv4' : 'ipv6'
}
