import type { UntagResourceRequest, UntagResourceResponse } from '@aws-sdk/client-ecs'
import type { EcsAction } from './ecs-action.ts'
import { onTagged, requireTagged } from './tagged-resource.ts'

/** @see Amazon ECS API reference, UntagResource */
export const untagResource: EcsAction<UntagResourceRequest, UntagResourceResponse> = {
  operation: 'UntagResource',
  permissions: (input, call) => [
    {
      ...onTagged('ecs:UntagResource', input.resourceArn, call),
      context: { 'aws:TagKeys': input.tagKeys },
    },
  ],
  async run({ resourceArn: arn, tagKeys }, call, { registry: { metadata } }) {
    await metadata.write(async (tx) => {
      await requireTagged(tx, arn, call)
      await tx.arnTags.remove(arn, tagKeys)
    })
    return {}
  },
}
