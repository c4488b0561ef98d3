import { changeRegistry } from '../../registry/change-registry.ts'
import { putImagesInUse } from '../../registry/lifecycle/images-in-use.ts'
import type { BerthAction } from './berth-action.ts'
import { onRegistry } from './permissions.ts'

/** Says whether lifecycle policies leave alone what tasks of ECS run. */
export const putLifecycleSettings: BerthAction<'PutLifecycleSettings'> = {
  operation: 'PutLifecycleSettings',
  permissions: onRegistry('berth:PutLifecycleSettings'),
  async run({ imagesInUse }, { registry: key }, { registry }) {
    await changeRegistry(registry, key, (tx) => putImagesInUse(tx, key, imagesInUse))
    return { imagesInUse }
  },
}
