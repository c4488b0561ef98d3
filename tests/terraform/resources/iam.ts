import { expect } from 'vitest'
import type { Parameters, QueryAnswer } from '../../support/ask-query.ts'
import { differ, normalJson, type Resource } from '../resource.ts'

/** Calls IAM; nobody looks at the input but IAM. */
export type AskIam = (action: string, parameters: Parameters) => Promise<QueryAnswer>

type Tags = Readonly<Record<string, string>>

export interface RoleAttributes {
  readonly name: string
  readonly path: string
  readonly description: string
  readonly maxSessionDuration: number
  readonly assumeRolePolicy: unknown
  readonly permissionsBoundary: string
  readonly inlinePolicies: Readonly<Record<string, unknown>>
  readonly managedPolicyArns: readonly string[]
  readonly tags: Tags
}

export interface PolicyAttributes {
  readonly name: string
  readonly path: string
  readonly description: string
  readonly policy: unknown
  readonly tags: Tags
}

export interface OidcProviderAttributes {
  readonly url: string
  readonly clientIds: readonly string[]
  readonly thumbprints: readonly string[]
  readonly tags: Tags
}

export interface UserAttributes {
  readonly name: string
  readonly path: string
  readonly permissionsBoundary: string
  readonly tags: Tags
}

const members = (tags: Tags) => Object.entries(tags).map(([Key, Value]) => ({ Key, Value }))
const optional = (name: string, value: string): Parameters => (value === '' ? {} : { [name]: value })

/** `aws_iam_role`, with its inline policies and the ones attached to it. */
export function roleResource(ask: AskIam, name: string): Resource<RoleAttributes> {
  const role = (action: string, more: Parameters = {}) => must(ask, action, { RoleName: name, ...more })
  const putInline = ([PolicyName, policy]: [string, unknown]) =>
    role('PutRolePolicy', { PolicyName, PolicyDocument: normalJson(policy) })
  return {
    async create(wanted) {
      await role('CreateRole', {
        Path: wanted.path,
        Description: wanted.description,
        MaxSessionDuration: wanted.maxSessionDuration,
        AssumeRolePolicyDocument: normalJson(wanted.assumeRolePolicy),
        ...optional('PermissionsBoundary', wanted.permissionsBoundary),
        ...(Object.keys(wanted.tags).length > 0 && { Tags: members(wanted.tags) }),
      })
      for (const entry of Object.entries(wanted.inlinePolicies)) await putInline(entry)
      for (const PolicyArn of wanted.managedPolicyArns) await role('AttachRolePolicy', { PolicyArn })
    },
    async read() {
      const found = await unlessGone(ask('GetRole', { RoleName: name }))
      if (found === undefined) return undefined
      const { Role } = found
      const { PolicyNames } = await role('ListRolePolicies')
      const inline: Record<string, unknown> = {}
      for (const PolicyName of PolicyNames) {
        inline[PolicyName] = parse((await role('GetRolePolicy', { PolicyName })).PolicyDocument)
      }
      const { AttachedPolicies } = await role('ListAttachedRolePolicies')
      return {
        name: Role.RoleName,
        path: Role.Path,
        description: Role.Description ?? '',
        maxSessionDuration: Role.MaxSessionDuration,
        assumeRolePolicy: parse(Role.AssumeRolePolicyDocument),
        permissionsBoundary: Role.PermissionsBoundary?.PermissionsBoundaryArn ?? '',
        inlinePolicies: inline,
        managedPolicyArns: AttachedPolicies.map(({ PolicyArn }: { readonly PolicyArn: string }) => PolicyArn),
        tags: tagsIn(Role.Tags),
      }
    },
    async update(before, wanted) {
      if (differ(before.assumeRolePolicy, wanted.assumeRolePolicy)) {
        await role('UpdateAssumeRolePolicy', { PolicyDocument: normalJson(wanted.assumeRolePolicy) })
      }
      if (before.description !== wanted.description) {
        await role('UpdateRoleDescription', { Description: wanted.description })
      }
      if (before.maxSessionDuration !== wanted.maxSessionDuration) {
        await role('UpdateRole', { MaxSessionDuration: wanted.maxSessionDuration })
      }
      if (before.permissionsBoundary !== wanted.permissionsBoundary) {
        const PermissionsBoundary = wanted.permissionsBoundary
        await (PermissionsBoundary === ''
          ? role('DeleteRolePermissionsBoundary')
          : role('PutRolePermissionsBoundary', { PermissionsBoundary }))
      }
      for (const PolicyName of gone(before.inlinePolicies, wanted.inlinePolicies)) {
        await role('DeleteRolePolicy', { PolicyName })
      }
      for (const entry of Object.entries(wanted.inlinePolicies)) await putInline(entry)
      const attached = wanted.managedPolicyArns
      for (const PolicyArn of before.managedPolicyArns.filter((arn) => !attached.includes(arn))) {
        await role('DetachRolePolicy', { PolicyArn })
      }
      for (const PolicyArn of attached) await role('AttachRolePolicy', { PolicyArn })
      await retag(before.tags, wanted.tags, { untag: 'UntagRole', tag: 'TagRole', send: role })
    },
    async destroy() {
      const found = await unlessGone(ask('GetRole', { RoleName: name }))
      if (found === undefined) return
      expect((await role('ListInstanceProfilesForRole')).InstanceProfiles).toEqual([])
      for (const { PolicyArn } of (await role('ListAttachedRolePolicies')).AttachedPolicies) {
        await role('DetachRolePolicy', { PolicyArn })
      }
      for (const PolicyName of (await role('ListRolePolicies')).PolicyNames) {
        await role('DeleteRolePolicy', { PolicyName })
      }
      await role('DeleteRole')
    },
  }
}

/** `aws_iam_policy`, of which a change makes a version, and the oldest goes when there are five. */
export function policyResource(ask: AskIam, PolicyArn: string): Resource<PolicyAttributes> {
  const policy = (action: string, more: Parameters = {}) => must(ask, action, { PolicyArn, ...more })
  return {
    async create(wanted) {
      const { Policy } = await must(ask, 'CreatePolicy', {
        PolicyName: wanted.name,
        Path: wanted.path,
        Description: wanted.description,
        PolicyDocument: normalJson(wanted.policy),
        ...(Object.keys(wanted.tags).length > 0 && { Tags: members(wanted.tags) }),
      })
      expect(Policy.Arn).toBe(PolicyArn)
    },
    async read() {
      const found = await unlessGone(ask('GetPolicy', { PolicyArn }))
      if (found === undefined) return undefined
      const { Policy } = found
      const { PolicyVersion } = await policy('GetPolicyVersion', { VersionId: Policy.DefaultVersionId })
      return {
        name: Policy.PolicyName,
        path: Policy.Path,
        description: Policy.Description,
        policy: parse(PolicyVersion.Document),
        tags: tagsIn(Policy.Tags),
      }
    },
    async update(before, wanted) {
      if (differ(before.policy, wanted.policy)) {
        const { Versions } = await policy('ListPolicyVersions')
        if (Versions.length >= 5)
          await policy('DeletePolicyVersion', { VersionId: Versions.at(-1).VersionId })
        await policy('CreatePolicyVersion', { PolicyDocument: normalJson(wanted.policy), SetAsDefault: true })
      }
      await retag(before.tags, wanted.tags, { untag: 'UntagPolicy', tag: 'TagPolicy', send: policy })
    },
    async destroy() {
      const versions = await unlessGone(ask('ListPolicyVersions', { PolicyArn }))
      if (versions === undefined) return
      for (const { VersionId, IsDefaultVersion } of versions.Versions) {
        if (!IsDefaultVersion) await policy('DeletePolicyVersion', { VersionId })
      }
      await policy('DeletePolicy')
    },
  }
}

/** `aws_iam_user`, with an access key and a group that `force_destroy` takes along. */
export function userResource(ask: AskIam, name: string): Resource<UserAttributes> {
  const user = (action: string, more: Parameters = {}) => must(ask, action, { UserName: name, ...more })
  return {
    async create(wanted) {
      await user('CreateUser', {
        Path: wanted.path,
        ...optional('PermissionsBoundary', wanted.permissionsBoundary),
        ...(Object.keys(wanted.tags).length > 0 && { Tags: members(wanted.tags) }),
      })
      await user('CreateAccessKey')
      await must(ask, 'CreateGroup', { GroupName: `${name}s` })
      await user('AddUserToGroup', { GroupName: `${name}s` })
    },
    async read() {
      const found = await unlessGone(ask('GetUser', { UserName: name }))
      if (found === undefined) return undefined
      const { User } = found
      return {
        name: User.UserName,
        path: User.Path,
        permissionsBoundary: User.PermissionsBoundary?.PermissionsBoundaryArn ?? '',
        tags: tagsIn(User.Tags),
      }
    },
    async update(before, wanted) {
      if (before.path !== wanted.path) await user('UpdateUser', { NewPath: wanted.path })
      if (before.permissionsBoundary !== wanted.permissionsBoundary) {
        const PermissionsBoundary = wanted.permissionsBoundary
        await (PermissionsBoundary === ''
          ? user('DeleteUserPermissionsBoundary')
          : user('PutUserPermissionsBoundary', { PermissionsBoundary }))
      }
      await retag(before.tags, wanted.tags, { untag: 'UntagUser', tag: 'TagUser', send: user })
    },
    async destroy() {
      if ((await unlessGone(ask('GetUser', { UserName: name }))) === undefined) return
      for (const { GroupName } of (await user('ListGroupsForUser')).Groups) {
        await user('RemoveUserFromGroup', { GroupName })
        await must(ask, 'DeleteGroup', { GroupName })
      }
      for (const { AccessKeyId } of (await user('ListAccessKeys')).AccessKeyMetadata) {
        await user('DeleteAccessKey', { AccessKeyId })
      }
      await user('DeleteUser')
    },
  }
}

/** `aws_iam_openid_connect_provider`: its client ids are a set, its thumbprints a list. */
export function oidcProviderResource(
  ask: AskIam,
  OpenIDConnectProviderArn: string,
): Resource<OidcProviderAttributes> {
  const provider = (action: string, more: Parameters = {}) =>
    must(ask, action, { OpenIDConnectProviderArn, ...more })
  return {
    async create(wanted) {
      const created = await must(ask, 'CreateOpenIDConnectProvider', {
        Url: wanted.url,
        ClientIDList: wanted.clientIds,
        ...(wanted.thumbprints.length > 0 && { ThumbprintList: wanted.thumbprints }),
        ...(Object.keys(wanted.tags).length > 0 && { Tags: members(wanted.tags) }),
      })
      expect(created.OpenIDConnectProviderArn).toBe(OpenIDConnectProviderArn)
    },
    async read() {
      const found = await unlessGone(ask('GetOpenIDConnectProvider', { OpenIDConnectProviderArn }))
      if (found === undefined) return undefined
      const clientIds: readonly string[] = found.ClientIDList
      return {
        url: `https://${found.Url}`,
        clientIds: clientIds.toSorted(),
        thumbprints: found.ThumbprintList,
        tags: tagsIn(found.Tags),
      }
    },
    async update(before, wanted) {
      if (differ(before.thumbprints, wanted.thumbprints)) {
        await provider('UpdateOpenIDConnectProviderThumbprint', { ThumbprintList: wanted.thumbprints })
      }
      for (const ClientID of wanted.clientIds.filter((id) => !before.clientIds.includes(id))) {
        await provider('AddClientIDToOpenIDConnectProvider', { ClientID })
      }
      for (const ClientID of before.clientIds.filter((id) => !wanted.clientIds.includes(id))) {
        await provider('RemoveClientIDFromOpenIDConnectProvider', { ClientID })
      }
      const [untag, tag] = ['UntagOpenIDConnectProvider', 'TagOpenIDConnectProvider']
      await retag(before.tags, wanted.tags, { untag, tag, send: provider })
    },
    async destroy() {
      await unlessGone(ask('DeleteOpenIDConnectProvider', { OpenIDConnectProviderArn }))
    },
  }
}

async function retag(
  before: Tags,
  wanted: Tags,
  by: {
    readonly untag: string
    readonly tag: string
    readonly send: (action: string, more: Parameters) => Promise<unknown>
  },
): Promise<void> {
  const removed = gone(before, wanted)
  if (removed.length > 0) await by.send(by.untag, { TagKeys: removed })
  if (Object.keys(wanted).length > 0) await by.send(by.tag, { Tags: members(wanted) })
}

function gone(before: object, wanted: object): string[] {
  return Object.keys(before).filter((key) => !(key in wanted))
}

function tagsIn(tags: readonly { readonly Key: string; readonly Value: string }[] = []): Tags {
  return Object.fromEntries(tags.map(({ Key, Value }) => [Key, Value]))
}

/** Documents come percent-encoded. */
function parse(document: string): unknown {
  return JSON.parse(decodeURIComponent(document))
}

async function must(ask: AskIam, action: string, parameters: Parameters) {
  const { code, message, result } = await ask(action, parameters)
  expect([action, code, message]).toEqual([action, 'Success', ''])
  return result
}

async function unlessGone(answer: Promise<QueryAnswer>) {
  const { code, message, result } = await answer
  if (code === 'NoSuchEntity') return undefined
  expect([code, message]).toEqual(['Success', ''])
  return result
}
