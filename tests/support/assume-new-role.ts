import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts'
import { signHeader } from '../../src/protocols/aws/testing/official-signer.ts'
import { sendRaw } from './raw-request.ts'
import type { Caller, LocalBerth } from './start-berth.ts'

/** Makes a role that its account may assume and that may do everything to registries, and assumes it. */
export async function assumeNewRole(berth: LocalBerth, keyId: string, name: string): Promise<Caller> {
  const trust = { Effect: 'Allow', Principal: { AWS: keyId }, Action: 'sts:AssumeRole' }
  const rights = { Effect: 'Allow', Action: 'ecr:*', Resource: '*' }
  const AssumeRolePolicyDocument = policyOf(trust)
  await askIam(berth, keyId, { Action: 'CreateRole', RoleName: name, AssumeRolePolicyDocument })
  const policy = { PolicyName: 'registries', PolicyDocument: policyOf(rights) }
  await askIam(berth, keyId, { Action: 'PutRolePolicy', RoleName: name, ...policy })
  const credentials = { accessKeyId: keyId, secretAccessKey: 'test' }
  const sts = new STSClient({ endpoint: berth.url, region: 'us-east-1', credentials })
  const RoleArn = `arn:aws:iam::${keyId}:role/${name}`
  const { Credentials } = await sts
    .send(new AssumeRoleCommand({ RoleArn, RoleSessionName: 'nightly' }))
    .finally(() => sts.destroy())
  const {
    AccessKeyId: accessKeyId,
    SecretAccessKey: secretAccessKey,
    SessionToken: sessionToken,
  } = Credentials ?? {}
  if (!accessKeyId || !secretAccessKey || !sessionToken) throw new Error('The session has no credentials')
  return { accessKeyId, secretAccessKey, sessionToken }
}

function policyOf(statement: object): string {
  return JSON.stringify({ Version: '2012-10-17', Statement: [statement] })
}

async function askIam({ port }: LocalBerth, keyId: string, parameters: Record<string, string>) {
  const body = new URLSearchParams({ ...parameters, Version: '2010-05-08' }).toString()
  const type = { 'content-type': 'application/x-www-form-urlencoded' }
  const unsigned = { method: 'POST', path: '/', body, headers: { host: `localhost:${port}`, ...type } }
  const signer = { keyId, secret: 'test', service: 'iam', time: new Date() }
  const { headers = [] } = await signHeader(unsigned, signer)
  const answer = await sendRaw(port, {
    method: 'POST',
    path: '/',
    headers: Object.fromEntries(headers),
    body,
  })
  if (answer.status !== 200) throw new Error(`IAM answered ${answer.status}: ${answer.body}`)
}
