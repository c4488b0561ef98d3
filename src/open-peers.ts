import { readFile } from 'node:fs/promises'
import type { Config } from './config/config.ts'
import { ConfigError } from './config/config-error.ts'
import { type PeerSettings, peersExpected, readPeers } from './config/peers.ts'
import type { RegistryKey } from './core/names/registry-key.ts'
import type { OutboundClient } from './outbound/outbound-client.ts'
import { PeerClient } from './peers/peer-client.ts'
import type { FindPeer, PeerRegistry } from './registry/replication/peer-registry.ts'

/**
 * The other Berths that the configuration names. Of several that hold a registry the first counts.
 *
 * @throws ConfigError when the file of peers can't be read
 */
export async function openPeers(config: Config, outbound: OutboundClient): Promise<FindPeer> {
  const settings = [...config.peers, ...(await readPeersFile(config.peersFile))]
  const clients = new Map<string, PeerRegistry>()
  return (registry) => {
    const found = settings.find((peer) => holds(peer, registry))
    if (found === undefined) return undefined
    const name = `${registry.account} ${registry.region}`
    const client = clients.get(name) ?? clientOf(found, registry, outbound)
    clients.set(name, client)
    return client
  }
}

function holds({ account, region }: PeerSettings, registry: RegistryKey): boolean {
  return (account ?? registry.account) === registry.account && (region ?? registry.region) === registry.region
}

function clientOf(
  { url, accessKeyId, secretAccessKey }: PeerSettings,
  registry: RegistryKey,
  outbound: OutboundClient,
): PeerRegistry {
  const key = { accessKeyId, secretAccessKey }
  return new PeerClient({ url: new URL(url), key, outbound, now: () => new Date() }, registry)
}

async function readPeersFile(path: string | undefined): Promise<readonly PeerSettings[]> {
  if (path === undefined) return []
  const text = await readFile(path, 'utf8').catch((cause: unknown) => {
    throw new ConfigError([`The file of --peers-file can't be read: ${String(cause)}`], { cause })
  })
  const peers = readPeers(text)
  if (peers === undefined) throw new ConfigError([`${path} must hold ${peersExpected}`])
  return peers
}
