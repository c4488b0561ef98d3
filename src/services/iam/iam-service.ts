import type { Iam } from '../../access/iam/iam.ts'
import { bindActions } from '../bind-actions.ts'
import type { Service } from '../service.ts'
import { addClientIdToOpenIdConnectProvider } from './add-client-id-to-open-id-connect-provider.ts'
import { addUserToGroup } from './add-user-to-group.ts'
import { attachOf } from './attach-policy.ts'
import { createAccessKey } from './create-access-key.ts'
import { createAccountAlias } from './create-account-alias.ts'
import { createOf } from './create-entity.ts'
import { createOpenIdConnectProvider } from './create-open-id-connect-provider.ts'
import { createPolicy } from './create-policy.ts'
import { createPolicyVersion } from './create-policy-version.ts'
import { createServiceLinkedRole } from './create-service-linked-role.ts'
import { deleteAccessKey } from './delete-access-key.ts'
import { deleteAccountAlias } from './delete-account-alias.ts'
import { deleteOf } from './delete-entity.ts'
import { deletePolicyOf } from './delete-inline-policy.ts'
import { deleteOpenIdConnectProvider } from './delete-open-id-connect-provider.ts'
import { deleteBoundaryOf } from './delete-permissions-boundary.ts'
import { deletePolicy } from './delete-policy.ts'
import { deletePolicyVersion } from './delete-policy-version.ts'
import { deleteServiceLinkedRole } from './delete-service-linked-role.ts'
import { detachOf } from './detach-policy.ts'
import { getAccessKeyLastUsed } from './get-access-key-last-used.ts'
import { getAccountAuthorizationDetails } from './get-account-authorization-details.ts'
import { getAccountSummary } from './get-account-summary.ts'
import { getContextKeysForCustomPolicy } from './get-context-keys-for-custom-policy.ts'
import { getContextKeysForPrincipalPolicy } from './get-context-keys-for-principal-policy.ts'
import { getOf } from './get-entity.ts'
import { getGroup } from './get-group.ts'
import { getPolicyOf } from './get-inline-policy.ts'
import { getOpenIdConnectProvider } from './get-open-id-connect-provider.ts'
import { getPolicy } from './get-policy.ts'
import { getPolicyVersion } from './get-policy-version.ts'
import { getServiceLinkedRoleDeletionStatus } from './get-service-linked-role-deletion-status.ts'
import { getUser } from './get-user.ts'
import { listAccessKeys } from './list-access-keys.ts'
import { listAccountAliases } from './list-account-aliases.ts'
import { listAttachedOf } from './list-attached-policies.ts'
import { listOf } from './list-entities.ts'
import { listEntitiesForPolicy } from './list-entities-for-policy.ts'
import { listTagsOf } from './list-entity-tags.ts'
import { listGroupsForUser } from './list-groups-for-user.ts'
import { listPoliciesOf } from './list-inline-policies.ts'
import { listInstanceProfilesForRole } from './list-instance-profiles-for-role.ts'
import { listOpenIdConnectProviderTags } from './list-open-id-connect-provider-tags.ts'
import { listOpenIdConnectProviders } from './list-open-id-connect-providers.ts'
import { listPolicies } from './list-policies.ts'
import { listPolicyTags } from './list-policy-tags.ts'
import { listPolicyVersions } from './list-policy-versions.ts'
import { putPolicyOf } from './put-inline-policy.ts'
import { putBoundaryOf } from './put-permissions-boundary.ts'
import { removeClientIdFromOpenIdConnectProvider } from './remove-client-id-from-open-id-connect-provider.ts'
import { removeUserFromGroup } from './remove-user-from-group.ts'
import { setDefaultPolicyVersion } from './set-default-policy-version.ts'
import { simulateCustomPolicy } from './simulate-custom-policy.ts'
import { simulatePrincipalPolicy } from './simulate-principal-policy.ts'
import { tagOf } from './tag-entity.ts'
import { tagOpenIdConnectProvider } from './tag-open-id-connect-provider.ts'
import { tagPolicy } from './tag-policy.ts'
import { untagOf } from './untag-entity.ts'
import { untagOpenIdConnectProvider } from './untag-open-id-connect-provider.ts'
import { untagPolicy } from './untag-policy.ts'
import { updateAccessKey } from './update-access-key.ts'
import { updateAssumeRolePolicy } from './update-assume-role-policy.ts'
import { updateGroup } from './update-group.ts'
import { updateOpenIdConnectProviderThumbprint } from './update-open-id-connect-provider-thumbprint.ts'
import { updateRole } from './update-role.ts'
import { updateRoleDescription } from './update-role-description.ts'
import { updateUser } from './update-user.ts'

const kinds = ['user', 'group', 'role'] as const
/** Those that call, and so have tags and boundaries. */
const callers = ['user', 'role'] as const

const ofEachKind = kinds.flatMap((kind) => [
  createOf(kind),
  listOf(kind),
  deleteOf(kind),
  putPolicyOf(kind),
  getPolicyOf(kind),
  listPoliciesOf(kind),
  deletePolicyOf(kind),
  attachOf(kind),
  detachOf(kind),
  listAttachedOf(kind),
])

const ofCallers = callers.flatMap((kind) => [
  tagOf(kind),
  untagOf(kind),
  listTagsOf(kind),
  putBoundaryOf(kind),
  deleteBoundaryOf(kind),
])

const actions = [
  ...ofEachKind,
  ...ofCallers,
  getUser,
  getGroup,
  getOf('role'),
  updateUser,
  updateGroup,
  updateRole,
  updateRoleDescription,
  updateAssumeRolePolicy,
  addUserToGroup,
  removeUserFromGroup,
  listGroupsForUser,
  createAccessKey,
  listAccessKeys,
  updateAccessKey,
  deleteAccessKey,
  getAccessKeyLastUsed,
  createPolicy,
  getPolicy,
  listPolicies,
  deletePolicy,
  createPolicyVersion,
  getPolicyVersion,
  listPolicyVersions,
  setDefaultPolicyVersion,
  deletePolicyVersion,
  tagPolicy,
  untagPolicy,
  listPolicyTags,
  listEntitiesForPolicy,
  listInstanceProfilesForRole,
  createOpenIdConnectProvider,
  getOpenIdConnectProvider,
  listOpenIdConnectProviders,
  deleteOpenIdConnectProvider,
  addClientIdToOpenIdConnectProvider,
  removeClientIdFromOpenIdConnectProvider,
  updateOpenIdConnectProviderThumbprint,
  tagOpenIdConnectProvider,
  untagOpenIdConnectProvider,
  listOpenIdConnectProviderTags,
  createServiceLinkedRole,
  deleteServiceLinkedRole,
  getServiceLinkedRoleDeletionStatus,
  createAccountAlias,
  deleteAccountAlias,
  listAccountAliases,
  getAccountAuthorizationDetails,
  getAccountSummary,
  simulateCustomPolicy,
  simulatePrincipalPolicy,
  getContextKeysForCustomPolicy,
  getContextKeysForPrincipalPolicy,
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
      UnmodifiableEntityError: 'UnmodifiableEntityException',
    },
    plainFaults: { ValidationError: 'ValidationError', InvalidParameterError: 'ValidationError' },
  }
}
