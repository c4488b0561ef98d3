import { createSigningKey as createKey } from '../../registry/signing/create-signing-key.ts'
import type { BerthAction } from './berth-action.ts'
import { onRegistry } from './permissions.ts'
import { toSigningKey } from './signing-key-shape.ts'

/** Makes a key that signs images, in the place of AWS Signer. */
export const createSigningKey: BerthAction<'CreateSigningKey'> = {
  operation: 'CreateSigningKey',
  permissions: onRegistry('berth:CreateSigningKey'),
  async run({ profileName }, call, { registry, signer }) {
    const profile = { ...call.registry, name: profileName }
    return toSigningKey(profile, await createKey(registry, signer, profile))
  },
}
