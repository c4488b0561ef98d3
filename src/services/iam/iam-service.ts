import type { Iam } from '../../access/iam/iam.ts'
import { bindActions } from '../bind-actions.ts'
import type { Service } from '../service.ts'
import { createAccessKey, deleteAccessKey, listAccessKeys, updateAccessKey } from './access-keys.ts'
import { attachOf, detachOf, listAttachedOf, listEntitiesForPolicy } from './attachments.ts'
import {
  createOf,
  deleteOf,
  getOf,
  listOf,
  listTagsOf,
  tagOf,
  untagOf,
  updateAssumeRolePolicy,
  updateRole,
  updateUser,
} from './entities.ts'
import { deletePolicyOf, getPolicyOf, listPoliciesOf, putPolicyOf } from './inline-policies.ts'
import {
  createPolicy,
  createPolicyVersion,
  deletePolicy,
  deletePolicyVersion,
  getPolicy,
  getPolicyVersion,
  listPolicies,
  listPolicyVersions,
  setDefaultPolicyVersion,
} from './managed-policies.ts'
import { addUserToGroup, listGroupsForUser, removeUserFromGroup } from './memberships.ts'

const kinds = ['user', 'group', 'role'] as const
const tagged = ['user', 'role'] as const

const actions = [
  ...kinds.flatMap((kind) => [createOf(kind), getOf(kind), listOf(kind), deleteOf(kind)]),
  ...kinds.flatMap((kind) => [
    putPolicyOf(kind),
    getPolicyOf(kind),
    listPoliciesOf(kind),
    deletePolicyOf(kind),
  ]),
  ...kinds.flatMap((kind) => [attachOf(kind), detachOf(kind), listAttachedOf(kind)]),
  ...tagged.flatMap((kind) => [tagOf(kind), untagOf(kind), listTagsOf(kind)]),
  updateUser,
  updateRole,
  updateAssumeRolePolicy,
  addUserToGroup,
  removeUserFromGroup,
  listGroupsForUser,
  createAccessKey,
  listAccessKeys,
  updateAccessKey,
  deleteAccessKey,
  createPolicy,
  getPolicy,
  listPolicies,
  deletePolicy,
  createPolicyVersion,
  getPolicyVersion,
  listPolicyVersions,
  setDefaultPolicyVersion,
  deletePolicyVersion,
  listEntitiesForPolicy,
]

/** AWS Identity and Access Management. */
export function iamService(iam: Iam): Service {
  return {
    name: 'iam',
    actions: bindActions(iam, actions),
    faults: {
      DeleteConflictError: 'DeleteConflictException',
      EntityAlreadyExistsError: 'EntityAlreadyExistsException',
      IamLimitExceededError: 'LimitExceededException',
      InvalidInputError: 'InvalidInputException',
      MalformedPolicyDocumentError: 'MalformedPolicyDocumentException',
      NoSuchEntityError: 'NoSuchEntityException',
      StorageFullError: 'ServiceFailureException',
    },
    plainFaults: { ValidationError: 'ValidationError' },
  }
}
