import { BlockList, isIPv4 } from 'node:net'

const [first, prefix] = ['169.254.168.0', 22]

/** Addresses of the network on which tasks find Berth: a thousand of them have room. */
export const taskNetwork = `${first}/${prefix}`

const addresses = new BlockList()
addresses.addSubnet(first, prefix)

/** Whether somebody asks from there. */
export function isTaskAddress(address: string): boolean {
  return isIPv4(address) && addresses.check(address)
}
