import { findImagesInUse } from '../../registry/lifecycle/images-in-use.ts'
import type { BerthAction } from './berth-action.ts'
import { onRegistry } from './permissions.ts'

/** What lifecycle policies heed beside their rules. */
export const getLifecycleSettings: BerthAction<'GetLifecycleSettings'> = {
  operation: 'GetLifecycleSettings',
  permissions: onRegistry('berth:GetLifecycleSettings'),
  async run(_input, { registry: key }, { registry }) {
    return { imagesInUse: await findImagesInUse(registry.metadata, key) }
  },
}
