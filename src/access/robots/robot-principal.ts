import { type Robot, robotArn } from '../../core/robots/robot.ts'
import type { Principal } from '../principal.ts'

/** A robot as a caller: logs know it by its own name, decisions are made by its scope and its maker's policies. */
export function robotPrincipal({ id, name, scope, maker }: Robot): Principal {
  const { account } = scope.registry
  return {
    account,
    arn: robotArn(scope.registry, name),
    userId: id,
    robot: { scope, maker: { account, ...maker } },
  }
}
