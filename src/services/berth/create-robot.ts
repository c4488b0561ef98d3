import { parseRepositoryPattern, parseRobotName } from '../../core/robots/robot.ts'
import { robotUser } from '../../core/robots/robot-password.ts'
import type { BerthAction } from './berth-action.ts'
import { onRobot } from './permissions.ts'
import { robotShape } from './robot-shape.ts'

/** Makes a login for a machine. */
export const createRobot: BerthAction<'CreateRobot'> = {
  operation: 'CreateRobot',
  permissions: onRobot('berth:CreateRobot'),
  async run({ robotName, actions, repositories, expiresAt }, { registry, caller }, context) {
    const name = parseRobotName(robotName)
    const scope = {
      registry,
      actions: [...new Set(actions)],
      repositories: [...new Set(repositories.map(parseRepositoryPattern))],
    }
    const { robot, password } = await context.robots.create({ name, scope, expiresAt }, caller)
    const registryHost = context.registryAddresses.host(registry)
    return { robot: robotShape(robot), userName: robotUser, password, registryHost }
  },
}
