import { isExpired } from '../../core/scanning/acceptance.ts'
import { writeOpenVex } from '../../core/scanning/vex/write-openvex.ts'
import { mostAcceptances } from '../../registry/findings/put-acceptances.ts'
import type { BerthAction } from './berth-action.ts'
import { onRegistry } from './permissions.ts'

/** What a registry has accepted, as a document that other tools read. */
export const exportVex: BerthAction<'ExportVex'> = {
  operation: 'ExportVex',
  permissions: onRegistry('berth:ExportVex'),
  async run({ repositoryName }, call, { registry, registryAddresses, server }) {
    const all = await registry.metadata.acceptances.list(call.registry, { limit: mostAcceptances })
    const at = registry.now()
    const wanted = all.filter(
      (each) =>
        !isExpired(each, at) &&
        (repositoryName === undefined || (each.repository ?? repositoryName) === repositoryName),
    )
    const document = writeOpenVex(wanted, {
      registry: call.registry,
      host: registryAddresses.host(call.registry),
      id: registry.newId(),
      at,
      author: call.caller.arn,
      version: server.version,
    })
    return { document: JSON.stringify(document) }
  },
}
