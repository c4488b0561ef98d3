import type { IamAction } from './iam-action.ts'
import { onAccount } from './permissions.ts'

/** What IAM here keeps to. @see IAM user guide, "IAM and AWS STS quotas" */
const quotas = {
  AccessKeysPerUserQuota: 2,
  AttachedPoliciesPerGroupQuota: 10,
  AttachedPoliciesPerRoleQuota: 10,
  AttachedPoliciesPerUserQuota: 10,
  AssumeRolePolicySizeQuota: 2_048,
  GroupPolicySizeQuota: 5_120,
  PolicySizeQuota: 6_144,
  RolePolicySizeQuota: 10_240,
  UserPolicySizeQuota: 2_048,
  VersionsPerPolicyQuota: 5,
}

/** How much of each there is in the caller's account. @see IAM API reference, GetAccountSummary */
export const getAccountSummary: IamAction<object> = {
  operation: 'GetAccountSummary',
  permissions: onAccount('GetAccountSummary'),
  async run(_input, { caller: { account } }, { metadata }) {
    const counts = await metadata.iam.counts(account)
    const providers = await metadata.oidcProviders.list(account)
    const rootKeys = await metadata.accessKeys.ofAccount(account)
    return {
      SummaryMap: {
        ...quotas,
        Users: counts.user,
        Groups: counts.group,
        Roles: counts.role,
        Policies: counts.policy,
        PolicyVersionsInUse: counts.version,
        // The root of the server's own account has a key without one in the database.
        AccountAccessKeysPresent: Math.max(rootKeys.length, 1),
        AccountMFAEnabled: 0,
        AccountPasswordPresent: 0,
        AccountSigningCertificatesPresent: 0,
        InstanceProfiles: 0,
        MFADevices: 0,
        MFADevicesInUse: 0,
        Providers: providers.length,
        ServerCertificates: 0,
      },
    }
  },
}
