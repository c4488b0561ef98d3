import { askQuery, type Parameters, type QueryCall, type QueryKey } from './ask-query.ts'
import type { Caller, LocalBerth } from './start-berth.ts'

/**
 * Makes a role that its account may assume and that may do everything to registries, and has a user of the account assume it, since a
 * root may not.
 *
 * @param keyId the twelve digits that are the key of an account's root with `--dev`
 */
export async function assumeNewRole(berth: LocalBerth, keyId: string, name: string): Promise<Caller> {
  const root = { AccessKeyId: keyId, SecretAccessKey: 'test' }
  const iam = (action: string, parameters: Parameters) => ask(berth, root, ['iam', action, parameters])
  const assume = { Effect: 'Allow', Action: 'sts:AssumeRole' }
  const trust = policyOf({ ...assume, Principal: { AWS: keyId } })
  await iam('CreateRole', { RoleName: name, AssumeRolePolicyDocument: trust })
  const rights = policyOf({ Effect: 'Allow', Action: 'ecr:*', Resource: '*' })
  await iam('PutRolePolicy', { RoleName: name, PolicyName: 'registries', PolicyDocument: rights })
  const UserName = `${name}-user`
  await iam('CreateUser', { UserName })
  const may = policyOf({ ...assume, Resource: '*' })
  await iam('PutUserPolicy', { UserName, PolicyName: 'may', PolicyDocument: may })
  const { AccessKey } = await iam('CreateAccessKey', { UserName })
  const session = { RoleArn: `arn:aws:iam::${keyId}:role/${name}`, RoleSessionName: 'nightly' }
  const { Credentials } = await ask(berth, AccessKey, ['sts', 'AssumeRole', session])
  const { AccessKeyId, SecretAccessKey, SessionToken } = Credentials
  return { accessKeyId: AccessKeyId, secretAccessKey: SecretAccessKey, sessionToken: SessionToken }
}

function policyOf(statement: object): string {
  return JSON.stringify({ Version: '2012-10-17', Statement: [statement] })
}

async function ask(berth: LocalBerth, key: QueryKey, call: QueryCall) {
  const { code, message, result } = await askQuery(berth, key, call)
  if (code !== 'Success') throw new Error(`${call[1]} answered ${code}: ${message}`)
  return result
}
