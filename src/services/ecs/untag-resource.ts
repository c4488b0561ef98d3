import type { UntagResourceRequest, UntagResourceResponse } from '@aws-sdk/client-ecs'
import type { EcsInstanceAction } from './ecs-action.ts'
import { namedInstance, onTagged, requireTagged } from './tagged-resource.ts'

/** @see Amazon ECS API reference, UntagResource */
export const untagResource: EcsInstanceAction<UntagResourceRequest, UntagResourceResponse> = {
  operation: 'UntagResource',
  permissions: (input, call) => [
    {
      ...onTagged('ecs:UntagResource', input.resourceArn, call),
      context: { 'aws:TagKeys': input.tagKeys },
    },
  ],
  async run({ resourceArn: arn, tagKeys }, call, { registry: { metadata }, findInstance }) {
    const instance = await namedInstance(arn, findInstance)
    await metadata.write(async (tx) => {
      await requireTagged(tx, arn, call, instance)
      await tx.arnTags.remove(arn, tagKeys)
    })
    return {}
  },
}
