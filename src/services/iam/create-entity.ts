import { createEntity } from '../../access/iam/entities.ts'
import type { EntityKind } from '../../core/iam/entity.ts'
import { checkTrustPolicy } from './check-trust-policy.ts'
import { entityShape, nounOf } from './entity-shape.ts'
import type { EntityRequest, IamAction } from './iam-action.ts'
import { onPath } from './permissions.ts'
import { requestedEntity } from './requested-entity.ts'
import { readTags, type TagMember } from './tags.ts'

interface Creation extends EntityRequest {
  readonly Path?: string
  readonly Tags?: readonly TagMember[]
  readonly PermissionsBoundary?: string
  readonly AssumeRolePolicyDocument?: string
  readonly Description?: string
  readonly MaxSessionDuration?: number
}

/** CreateUser, CreateGroup, CreateRole. @see IAM API reference */
export function createOf(kind: EntityKind): IamAction<Creation> {
  const noun = nounOf(kind)
  return {
    operation: `Create${noun}`,
    permissions: onPath(kind, `Create${noun}`),
    async run(input, call, iam) {
      const { Path: path = '/', AssumeRolePolicyDocument: trust, PermissionsBoundary: boundary } = input
      const trustPolicy = trust === undefined ? undefined : await checkTrustPolicy(iam, trust)
      const details = {
        tags: readTags(input.Tags),
        ...(trustPolicy !== undefined && { trustPolicy }),
        ...(input.Description !== undefined && { description: input.Description }),
        ...(input.MaxSessionDuration !== undefined && { maxSession: input.MaxSessionDuration }),
      }
      const wanted = { ...requestedEntity(kind, input, call), path, details }
      return { [noun]: await entityShape(await createEntity(iam, wanted, boundary), iam.metadata) }
    },
  }
}
