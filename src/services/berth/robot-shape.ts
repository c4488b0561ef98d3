import { type Robot, robotArn } from '../../core/robots/robot.ts'
import type { Robot as RobotShape } from './shapes.ts'

export function robotShape({ name, scope, maker, createdAt, expiresAt, lastUsedAt }: Robot): RobotShape {
  const { registry, actions, repositories } = scope
  const times = { createdAt, expiresAt, lastUsedAt }
  return {
    robotName: name,
    robotArn: robotArn(registry, name),
    actions,
    repositories,
    createdBy: maker.arn,
    ...times,
  }
}
