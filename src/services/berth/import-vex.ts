import { parseRepositoryName } from '../../core/names/repository-name.ts'
import { importVex as importDocument } from '../../registry/findings/import-vex.ts'
import type { BerthAction } from './berth-action.ts'
import { onRegistry } from './permissions.ts'

/** Accepts what an OpenVEX document says need not be mended. */
export const importVex: BerthAction<'ImportVex'> = {
  operation: 'ImportVex',
  permissions: onRegistry('berth:ImportVex'),
  async run({ document, repositoryName, expiresAt }, call, { registry }) {
    const repository = repositoryName === undefined ? undefined : parseRepositoryName(repositoryName)
    const by = call.caller.arn
    const tally = await importDocument(registry, call.registry, document, { repository, expiresAt, by })
    return {
      accepted: tally.accepted,
      passedOver: tally.passedOver.map(({ index, reason }) => ({ statement: index + 1, reason })),
    }
  },
}
