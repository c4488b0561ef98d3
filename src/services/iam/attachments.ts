import { findEntity } from '../../access/iam/entities.ts'
import { changeIam, type Iam } from '../../access/iam/iam.ts'
import { findManagedPolicy } from '../../access/iam/managed-policies.ts'
import type { Permission } from '../../access/permission.ts'
import type { EntityKind } from '../../core/iam/entity.ts'
import { IamLimitExceededError, NoSuchEntityError } from '../../core/iam/iam-errors.ts'
import type { Call } from '../service.ts'
import { nounOf } from './entities.ts'
import type { EntityRequest, IamAction } from './iam-action.ts'
import { findRequested, onEntity, onPolicy, requestedEntity } from './requested-entity.ts'

const attachmentsPerEntity = 10

interface AttachmentRequest extends EntityRequest {
  readonly PolicyArn: string
}

/** Policies can ask which one it is. @see Service authorization reference, iam:PolicyARN */
function onAttachment(kind: EntityKind, operation: string) {
  const declared = onEntity(kind, operation)
  return async (input: AttachmentRequest, call: Call, iam: Iam): Promise<readonly Permission[]> => {
    const context = { 'iam:PolicyARN': input.PolicyArn }
    return (await declared(input, call, iam)).map((permission) => ({ ...permission, context }))
  }
}

/** AttachUserPolicy, AttachGroupPolicy, AttachRolePolicy. */
export function attachOf(kind: EntityKind): IamAction<AttachmentRequest> {
  const operation = `Attach${nounOf(kind)}Policy`
  return {
    operation,
    permissions: onAttachment(kind, operation),
    async run(input, call, iam) {
      const { PolicyArn: arn } = input
      const { account } = call.caller
      await changeIam(iam, async (tx) => {
        const { id } = await findEntity(tx, requestedEntity(kind, input, call))
        if ((await findManagedPolicy(tx, account, arn)) === undefined) {
          throw new NoSuchEntityError(`Policy ${arn} does not exist or is not attachable.`)
        }
        const attached = await tx.iam.attachments(id)
        if (!attached.includes(arn) && attached.length >= attachmentsPerEntity) {
          throw new IamLimitExceededError(
            `Cannot exceed quota for PoliciesPer${nounOf(kind)}: ${attachmentsPerEntity}`,
          )
        }
        await tx.iam.attach(id, arn)
      })
      return {}
    },
  }
}

/** DetachUserPolicy, DetachGroupPolicy, DetachRolePolicy. */
export function detachOf(kind: EntityKind): IamAction<AttachmentRequest> {
  const operation = `Detach${nounOf(kind)}Policy`
  return {
    operation,
    permissions: onAttachment(kind, operation),
    async run(input, call, iam) {
      await changeIam(iam, async (tx) => {
        const { id } = await findEntity(tx, requestedEntity(kind, input, call))
        const detached = await tx.iam.detach(id, input.PolicyArn)
        if (!detached) throw new NoSuchEntityError(`Policy ${input.PolicyArn} was not found.`)
      })
      return {}
    },
  }
}

/** ListAttachedUserPolicies, ListAttachedGroupPolicies, ListAttachedRolePolicies. */
export function listAttachedOf(kind: EntityKind): IamAction<EntityRequest> {
  const operation = `ListAttached${nounOf(kind)}Policies`
  return {
    operation,
    permissions: onEntity(kind, operation),
    async run(input, call, iam) {
      const { id } = await findRequested(kind, input, call, iam)
      const arns = await iam.metadata.iam.attachments(id)
      const AttachedPolicies = arns.map((arn) => ({
        PolicyArn: arn,
        PolicyName: arn.slice(arn.lastIndexOf('/') + 1),
      }))
      return { AttachedPolicies, IsTruncated: false }
    },
  }
}

/** @see IAM API reference, ListEntitiesForPolicy */
export const listEntitiesForPolicy: IamAction<AttachmentRequest> = {
  operation: 'ListEntitiesForPolicy',
  permissions: onPolicy('ListEntitiesForPolicy'),
  async run({ PolicyArn: arn }, { caller }, { metadata }) {
    const attached = await metadata.iam.attachedTo(arn)
    const own = attached.filter(({ account }) => account === caller.account)
    const of = (kind: EntityKind) =>
      own
        .filter((entity) => entity.kind === kind)
        .map(({ id, name }) => ({ [`${nounOf(kind)}Name`]: name, [`${nounOf(kind)}Id`]: id }))
    return {
      PolicyUsers: of('user'),
      PolicyGroups: of('group'),
      PolicyRoles: of('role'),
      IsTruncated: false,
    }
  },
}
