import type { BerthAction } from './berth-action.ts'
import { onRegistry } from './permissions.ts'
import { toSigningKey } from './signing-key-shape.ts'

/** The keys that sign images of the caller's registry. */
export const listSigningKeys: BerthAction<'ListSigningKeys'> = {
  operation: 'ListSigningKeys',
  permissions: onRegistry('berth:ListSigningKeys'),
  async run(_input, call, { registry }) {
    const keys = await registry.metadata.signing.keys(call.registry)
    return { keys: keys.map((key) => toSigningKey({ ...call.registry, name: key.name }, key)) }
  },
}
