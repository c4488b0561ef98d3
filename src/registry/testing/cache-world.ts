import { buffer } from 'node:stream/consumers'
import { type Digest, parseDigest } from '../../core/names/digest.ts'
import { readReference } from '../../core/names/reference.ts'
import type { RepositoryKey } from '../../core/names/registry-key.ts'
import { OutboundClient } from '../../outbound/outbound-client.ts'
import type { RegistryAccount } from '../../outbound/registry/registry-session.ts'
import { createCacheRule, type NewCacheRule } from '../pull-through/create-cache-rule.ts'
import type { ImportConsent } from '../pull-through/import-consent.ts'
import { pullBlob } from '../pull-through/pull-blob.ts'
import { pullManifest } from '../pull-through/pull-manifest.ts'
import { keyOf, openTestRegistry, type TestRegistry } from './test-registry.ts'
import { startTestUpstream, type TestUpstream } from './test-upstream.ts'

const account: RegistryAccount = { username: 'ada', password: 'lovelace' }

export const everything: ImportConsent = {
  actor: 'arn:aws:iam::000000000000:root',
  mayImport: async () => true,
  mayCreate: async () => true,
}

/** A registry that caches the repositories under `cache/` from an upstream on this machine. */
export interface CacheWorld extends TestRegistry {
  readonly upstream: TestUpstream
  pull(repository: RepositoryKey, reference: string, consent?: ImportConsent): Promise<Digest>
  readBlob(repository: RepositoryKey, digest: Digest): Promise<Buffer>
}

export async function openCacheWorld(rule: Partial<NewCacheRule> = {}): Promise<CacheWorld> {
  await using opening = new AsyncDisposableStack()
  const upstream = opening.use(await startTestUpstream())
  const timeouts = { connect: 1_000, idle: 5_000 }
  const world = opening.use(
    await openTestRegistry({
      outbound: new OutboundClient({ isAllowed: (address) => address === '127.0.0.1', timeouts }),
      upstreams: { isAllowed: () => true, findSecret: async () => account },
    }),
  )
  const { registry } = world
  const upstreamUrl = `http://${upstream.host}`
  await createCacheRule(registry, keyOf('xx'), { prefix: 'cache', upstreamUrl, ...rule })
  const opened = opening.move()
  return {
    ...world,
    upstream,
    async pull(repository, text, consent = everything) {
      const reference = readReference(text)
      if (reference === undefined) throw new TypeError(`${text} is no reference`)
      return (await pullManifest(registry, { repository, reference, as: 'pull' }, consent)).digest
    },
    async readBlob(repository, digest) {
      const { read } = await pullBlob(registry, repository, parseDigest(digest), everything)
      return buffer(await read())
    },
    [Symbol.asyncDispose]: () => opened.disposeAsync(),
  }
}
