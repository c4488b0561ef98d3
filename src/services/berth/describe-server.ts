import type { Call } from '../service.ts'
import type { BerthAction } from './berth-action.ts'
import type { BerthContext } from './berth-context.ts'
import { onRegistry } from './permissions.ts'
import type { Storage } from './shapes.ts'

/** What runs here, and how much it holds for the caller's registry. */
export const describeServer: BerthAction<'DescribeServer'> = {
  operation: 'DescribeServer',
  permissions: onRegistry('berth:DescribeServer'),
  async run(_input, call, context) {
    const { registry, registryAddresses, server } = context
    return {
      version: server.version,
      startedAt: server.startedAt,
      database: server.database,
      accountId: call.registry.account,
      region: call.registry.region,
      registryHost: registryAddresses.host(call.registry),
      repositoryCount: await registry.metadata.repositories.count(call.registry),
      imageCount: await registry.metadata.images.countInRegistry(call.registry),
      storage: await describeStorage(call, context),
    }
  },
}

/** What all accounts have together is the operator's alone to know. */
async function describeStorage(
  { caller }: Call,
  { registry, server }: BerthContext,
): Promise<Storage | undefined> {
  if (caller.account !== server.account) return undefined
  const { blobs, bytes } = await registry.metadata.blobLinks.total()
  return { blobCount: blobs, blobBytes: bytes }
}
