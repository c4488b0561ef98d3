import { SigningKeyNotFoundError } from '../../core/signing/errors.ts'
import type { BerthAction } from './berth-action.ts'
import { onRegistry } from './permissions.ts'

/** Deletes a key for good. */
export const deleteSigningKey: BerthAction<'DeleteSigningKey'> = {
  operation: 'DeleteSigningKey',
  permissions: onRegistry('berth:DeleteSigningKey'),
  async run({ profileName }, call, { registry }) {
    const profile = { ...call.registry, name: profileName }
    const wasThere = await registry.metadata.write((tx) => tx.signing.deleteKey(profile))
    if (!wasThere) throw new SigningKeyNotFoundError(profileName)
    return {}
  },
}
