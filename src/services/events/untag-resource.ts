import type { UntagResourceRequest } from '@aws-sdk/client-eventbridge'
import type { EventsAction } from './events-action.ts'
import { onTagged, requireTagged } from './tagged-resource.ts'

/** @see Amazon EventBridge API reference, UntagResource */
export const untagResource: EventsAction<UntagResourceRequest, object> = {
  operation: 'UntagResource',
  permissions: (input) =>
    onTagged('events:UntagResource', input.ResourceARN, { 'aws:TagKeys': input.TagKeys }),
  async run({ ResourceARN: arn, TagKeys: keys }, _call, { messaging: { metadata } }) {
    await metadata.write(async (tx) => {
      await requireTagged(tx.rules, arn)
      await tx.arnTags.remove(arn, keys)
    })
    return {}
  },
}
