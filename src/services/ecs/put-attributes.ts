import type { PutAttributesRequest, PutAttributesResponse } from '@aws-sdk/client-ecs'
import type { EcsInstanceAction } from './ecs-action.ts'
import { changeAttributes, onAttributes } from './instance-attributes.ts'

/** Puts attributes on the engine as an instance of a cluster, for placement to go by. @see Amazon ECS API reference, PutAttributes */
export const putAttributes: EcsInstanceAction<PutAttributesRequest, PutAttributesResponse> = {
  operation: 'PutAttributes',
  permissions: (input, call) => onAttributes('ecs:PutAttributes', input, call),
  async run(input, call, context) {
    await changeAttributes(context, input, call, (known, given) => ({
      ...known,
      ...Object.fromEntries(given.map(({ name, value }) => [name, value ?? null])),
    }))
    return { attributes: [...input.attributes] }
  },
}
