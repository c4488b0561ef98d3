import { createManagedPolicy } from '../../access/iam/managed-policies.ts'
import type { IamAction } from './iam-action.ts'
import { onPath } from './permissions.ts'
import { policyShape } from './policy-shape.ts'
import { readTags, type TagMember, tagMembers } from './tags.ts'

interface Creation {
  readonly PolicyName: string
  readonly Path?: string
  readonly PolicyDocument: string
  readonly Description?: string
  readonly Tags?: readonly TagMember[]
}

/** @see IAM API reference, CreatePolicy */
export const createPolicy: IamAction<Creation> = {
  operation: 'CreatePolicy',
  permissions: onPath('policy', 'CreatePolicy'),
  async run(input, call, iam) {
    const { PolicyName: name, Path: path = '/', Description: description, PolicyDocument: document } = input
    const { account } = call.caller
    const tags = readTags(input.Tags)
    const policy = await createManagedPolicy(iam, { account, name, path, description, document, tags })
    const members = tagMembers(tags)
    return {
      Policy: { ...(await policyShape(policy, call, iam)), ...(members.length > 0 && { Tags: members }) },
    }
  },
}
