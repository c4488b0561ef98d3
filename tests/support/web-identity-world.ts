import { askQuery, type Parameters, type QueryKey } from './ask-query.ts'
import type { OidcIssuer } from './oidc-issuer.ts'
import { sendRaw } from './raw-request.ts'

/** Berth's own account, whose roles are wanted. */
export const account = '000000000000'

type Server = { readonly port: number }

/** An answer in XML. */
export interface XmlAnswer {
  /** `Success`, or the error's code. */
  readonly code: string
  readonly message: string
  /** The text of an element. */
  readonly element: (name: string) => string
}

/** What AssumeRoleWithWebIdentity answers; nobody signs it. */
export async function assumeWithToken(
  { port }: Server,
  token: string,
  more: Readonly<Record<string, string>> = {},
): Promise<XmlAnswer> {
  const parameters = {
    Action: 'AssumeRoleWithWebIdentity',
    Version: '2011-06-15',
    RoleArn: `arn:aws:iam::${account}:role/ci`,
    RoleSessionName: 'run-7',
    WebIdentityToken: token,
    ...more,
  }
  const { body } = await sendRaw(port, {
    method: 'POST',
    path: '/',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams(parameters).toString(),
  })
  const element = (name: string) => plain(new RegExp(`<${name}>([^<]*)</${name}>`).exec(body)?.[1] ?? '')
  return { code: element('Code') || 'Success', message: element('Message'), element }
}

function plain(xml: string): string {
  return xml.replaceAll('&apos;', "'").replaceAll('&quot;', '"').replaceAll('&amp;', '&')
}

/** The ARN of an issuer in Berth's own account. */
export function providerArn({ name }: Pick<OidcIssuer, 'name'>): string {
  return `arn:aws:iam::${account}:oidc-provider/${name}`
}

/** A trust policy of a role for who comes with a token of an issuer, under these conditions. */
export function trustIn(
  issuer: Pick<OidcIssuer, 'name'>,
  condition: object = {},
  actions: readonly string[] = ['sts:AssumeRoleWithWebIdentity'],
): string {
  const statement = {
    Effect: 'Allow',
    Principal: { Federated: providerArn(issuer) },
    Action: actions,
    Condition: condition,
  }
  return JSON.stringify({ Version: '2012-10-17', Statement: [statement] })
}

/** Has Berth's account believe an issuer by its thumbprint. */
export async function believe(
  iam: (action: string, parameters: Parameters) => Promise<unknown>,
  { url, thumbprint }: OidcIssuer,
  clients: readonly string[] = ['berth'],
): Promise<void> {
  await iam('CreateOpenIDConnectProvider', { Url: url, ClientIDList: clients, ThumbprintList: [thumbprint] })
}

/** Calls IAM as the root; nothing may go wrong. */
export function iamOf(
  server: Server & { readonly secrets: { rootAccessKey: string; rootSecretKey: string } },
) {
  const { rootAccessKey: AccessKeyId, rootSecretKey: SecretAccessKey } = server.secrets
  return async (
    action: string,
    parameters: Parameters = {},
    by: QueryKey = { AccessKeyId, SecretAccessKey },
  ) => {
    const { code, message, result } = await askQuery(server, by, ['iam', action, parameters])
    if (code !== 'Success') throw new Error(`${action}: ${code} ${message}`)
    return result
  }
}
