import type { BerthAction } from './berth-action.ts'
import { onRobot } from './permissions.ts'

/** Takes a robot's login back for good. */
export const revokeRobot: BerthAction<'RevokeRobot'> = {
  operation: 'RevokeRobot',
  permissions: onRobot('berth:RevokeRobot'),
  async run({ robotName }, { registry }, { robots }) {
    await robots.revoke(registry, robotName)
    return {}
  },
}
