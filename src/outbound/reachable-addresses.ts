import type { LookupAddress } from 'node:dns'
import { isIP, type LookupFunction } from 'node:net'
import { AddressRefusedError } from './outbound-errors.ts'
import { isPublicAddress } from './public-address.ts'

/** The addresses of a host name; rejects when it has none. */
export type Resolve = (host: string) => Promise<readonly LookupAddress[]>

/** Whether the operator lets Berth go to an address although it isn't public. */
export type IsAllowed = (address: string) => boolean

/**
 * The lookup of a connection: it gives the addresses that the connection may go to and no others, so that what was checked is
 * what is connected to, however the name resolves a moment later (DNS rebinding). Fails with AddressRefusedError when none is left.
 */
export function checkedLookup(resolve: Resolve, isAllowed: IsAllowed): LookupFunction {
  return (host, { all }, callback) => {
    reachableAddresses(host, resolve, isAllowed).then(
      ([first, ...others]) => {
        if (all) callback(null, [first, ...others])
        else callback(null, first.address, first.family)
      },
      (error) => callback(error, ''),
    )
  }
}

async function reachableAddresses(
  host: string,
  resolve: Resolve,
  isAllowed: IsAllowed,
): Promise<[LookupAddress, ...LookupAddress[]]> {
  const addresses = await resolve(host)
  const [first, ...others] = addresses.filter(({ address }) => mayReach(address, isAllowed))
  if (first) return [first, ...others]
  throw new AddressRefusedError(
    host,
    addresses.map(({ address }) => address),
  )
}

/**
 * Checks the host of a URL that is an address itself: connections to those look nothing up.
 *
 * @throws {AddressRefusedError}
 */
export function checkLiteralAddress(url: URL, isAllowed: IsAllowed): void {
  const host = url.hostname.replace(/^\[|\]$/g, '')
  if (isIP(host) !== 0 && !mayReach(host, isAllowed)) throw new AddressRefusedError(host, [host])
}

function mayReach(address: string, isAllowed: IsAllowed): boolean {
  return isPublicAddress(address) || isAllowed(address)
}
