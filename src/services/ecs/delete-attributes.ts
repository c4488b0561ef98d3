import type { DeleteAttributesRequest, DeleteAttributesResponse } from '@aws-sdk/client-ecs'
import type { EcsInstanceAction } from './ecs-action.ts'
import { changeAttributes, onAttributes } from './instance-attributes.ts'

/** One that isn't there is no error. @see Amazon ECS API reference, DeleteAttributes */
export const deleteAttributes: EcsInstanceAction<DeleteAttributesRequest, DeleteAttributesResponse> = {
  operation: 'DeleteAttributes',
  permissions: (input, call) => onAttributes('ecs:DeleteAttributes', input, call),
  async run(input, call, context) {
    await changeAttributes(context, input, call, (known, given) => {
      const names = new Set(given.map(({ name }) => name))
      return Object.fromEntries(Object.entries(known).filter(([name]) => !names.has(name)))
    })
    return { attributes: [...input.attributes] }
  },
}
