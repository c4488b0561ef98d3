import type { PutTargetsRequest, PutTargetsResponse } from '@aws-sdk/client-eventbridge'
import type { Permission } from '../../access/permission.ts'
import { parseServiceArn } from '../../core/ecs/scheduling/service-key.ts'
import { putTargets as put } from '../../messaging/rules/put-targets.ts'
import type { EventsAction } from './events-action.ts'
import { refuseUnoffered } from './refuse-unoffered.ts'
import { onRule, passingRoles, requestedRule } from './requested-rule.ts'

/** Parameters of targets that Berth doesn't send to. */
const unoffered = [
  'KinesisParameters',
  'RunCommandParameters',
  'BatchParameters',
  'SqsParameters',
  'RedshiftDataParameters',
  'SageMakerPipelineParameters',
  'AppSyncParameters',
]

/** Who has a rule redeploy services must be allowed to do it. */
function redeploying(arns: readonly string[]): readonly Permission[] {
  return arns.flatMap((arn) => {
    const service = parseServiceArn(arn)
    return service ? [{ action: 'ecs:UpdateService', resource: arn, owner: service.cluster.account }] : []
  })
}

/** @see Amazon EventBridge API reference, PutTargets */
export const putTargets: EventsAction<PutTargetsRequest, PutTargetsResponse> = {
  operation: 'PutTargets',
  permissions: (input, call) => [
    ...onRule('events:PutTargets', requestedRule(input.Rule, input, call), {
      'events:TargetArn': input.Targets.map(({ Arn: arn }) => arn),
    }),
    ...passingRoles(
      input.Targets.map(({ RoleArn: role }) => role),
      call,
    ),
    ...redeploying(input.Targets.map(({ Arn: arn }) => arn)),
  ],
  async run(input, call, { messaging }) {
    for (const target of input.Targets) refuseUnoffered(target, unoffered)
    const failed = await put(messaging, requestedRule(input.Rule, input, call), input.Targets)
    return { FailedEntryCount: failed.length, FailedEntries: failed }
  },
}
