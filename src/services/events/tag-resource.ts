import type { TagResourceRequest } from '@aws-sdk/client-eventbridge'
import { tagConditions } from '../../access/tag-conditions.ts'
import { withResourceTags } from '../../core/repositories/resource-tags.ts'
import type { EventsAction } from './events-action.ts'
import { onTagged, requireTagged } from './tagged-resource.ts'
import { readTags } from './tags.ts'

/** @see Amazon EventBridge API reference, TagResource */
export const tagResource: EventsAction<TagResourceRequest, object> = {
  operation: 'TagResource',
  permissions: (input) =>
    onTagged('events:TagResource', input.ResourceARN, tagConditions(readTags(input.Tags))),
  async run({ ResourceARN: arn, Tags: tags }, _call, { messaging: { metadata } }) {
    const given = readTags(tags)
    await metadata.write(async (tx) => {
      await requireTagged(tx.rules, arn)
      withResourceTags(await tx.arnTags.of(arn), given)
      await tx.arnTags.put(arn, given)
    })
    return {}
  },
}
