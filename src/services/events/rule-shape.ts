import type { Rule as RuleShape } from '@aws-sdk/client-eventbridge'
import { type Rule, ruleArn } from '../../core/events/rule.ts'

/** A rule as EventBridge lists it. */
export function ruleShape(rule: Rule): RuleShape {
  return {
    Name: rule.name,
    Arn: ruleArn(rule),
    ...(rule.pattern !== undefined && { EventPattern: rule.pattern }),
    ...(rule.schedule !== undefined && { ScheduleExpression: rule.schedule }),
    State: rule.state,
    ...(rule.description !== undefined && { Description: rule.description }),
    ...(rule.roleArn !== undefined && { RoleArn: rule.roleArn }),
    EventBusName: rule.bus,
  }
}
