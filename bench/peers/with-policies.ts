import { signCall } from '../../src/protocols/aws/signature/sign-call.ts'
import type { Berth } from './berth.ts'
import { signEcrCall } from './signed-call.ts'

const groups = 10
const policiesPerGroup = 10
const statementsPerPolicy = 20
const account = '000000000000'

interface Key {
  readonly accessKeyId: string
  readonly secretAccessKey: string
}

/** How many policies a user has, and of what size. */
export const policiesOfUser = {
  policies: groups * policiesPerGroup,
  statements: statementsPerPolicy,
}

/**
 * Makes a user who may pull from a repository by the last of very many statements, and resolves to the headers of their login. Most
 * statements are about other repositories; every one that is about this one has conditions on the address and the time.
 */
export async function loginWithPolicies(berth: Berth, repository: string): Promise<Record<string, string>> {
  const iam = (action: string, parameters: Record<string, string>) => callIam(berth, action, parameters)
  await iam('CreateUser', { UserName: 'crowded' })
  for (let group = 0; group < groups; group++) {
    const GroupName = `group-${group}`
    await iam('CreateGroup', { GroupName })
    await iam('AddUserToGroup', { GroupName, UserName: 'crowded' })
    for (let policy = 0; policy < policiesPerGroup; policy++) {
      const PolicyName = `policy-${group}-${policy}`
      const isLast = group === groups - 1 && policy === policiesPerGroup - 1
      await iam('CreatePolicy', {
        PolicyName,
        PolicyDocument: documentOf(PolicyName, isLast ? repository : undefined),
      })
      await iam('AttachGroupPolicy', { GroupName, PolicyArn: `arn:aws:iam::${account}:policy/${PolicyName}` })
    }
  }
  const body = await iam('CreateAccessKey', { UserName: 'crowded' })
  return { authorization: `Basic ${await tokenOf(berth, keyIn(body))}` }
}

function documentOf(name: string, repository: string | undefined): string {
  const arnOf = (path: string) => `arn:aws:ecr:us-east-1:${account}:repository/${path}`
  const others = Array.from({ length: statementsPerPolicy - 1 }, (_, at) => ({
    Effect: at % 4 === 0 ? 'Deny' : 'Allow',
    Action: ['ecr:BatchGetImage', 'ecr:Get*'],
    Resource: arnOf(`${name}/${at}/*`),
    Condition: { StringEquals: { 'aws:ResourceTag/team': 'web' } },
  }))
  const last = {
    Effect: 'Allow',
    Action: 'ecr:*',
    Resource: repository === undefined ? arnOf(`${name}/*`) : '*',
    Condition: {
      IpAddress: { 'aws:SourceIp': '127.0.0.0/8' },
      DateGreaterThan: { 'aws:CurrentTime': '2026-01-01T00:00:00Z' },
    },
  }
  return JSON.stringify({ Version: '2012-10-17', Statement: [...others, last] })
}

async function callIam(
  { connection }: Berth,
  action: string,
  parameters: Readonly<Record<string, string>>,
): Promise<string> {
  const url = new URL('/', connection.endpoint)
  const body = new URLSearchParams({ Action: action, Version: '2010-05-08', ...parameters }).toString()
  const headers = { 'content-type': 'application/x-www-form-urlencoded' }
  const signed = signCall({ url, body, headers, time: new Date() }, { ...connection, service: 'iam' })
  const answer = await fetch(url, { method: 'POST', headers: signed, body })
  const text = await answer.text()
  if (!answer.ok) throw new Error(`${action} was answered ${answer.status}: ${text}`)
  return text
}

async function tokenOf({ connection }: Berth, key: Key): Promise<string> {
  const signer = { ...key, region: connection.region }
  const { headers, body } = await signEcrCall(signer, connection.endpoint, 'GetAuthorizationToken', {})
  const answer = await fetch(connection.endpoint, { method: 'POST', headers, body })
  const [, token = ''] = /"authorizationToken":"([^"]+)"/.exec(await answer.text()) ?? []
  return token
}

function keyIn(xml: string): Key {
  const textIn = (name: string) => new RegExp(`<${name}>([^<]+)</${name}>`).exec(xml)?.[1] ?? ''
  return { accessKeyId: textIn('AccessKeyId'), secretAccessKey: textIn('SecretAccessKey') }
}
