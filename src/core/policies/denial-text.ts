import type { Decision, PolicyPlace } from './decide.ts'

type Denial = Extract<Decision, { readonly allowed: false }>

const missingIn: Readonly<Record<PolicyPlace, string>> = {
  identity: 'no identity-based policy',
  resource: 'no resource-based policy',
  boundary: 'no permissions boundary',
  session: 'no session policy',
}

const deniedIn: Readonly<Record<PolicyPlace, string>> = {
  identity: 'an identity-based policy',
  resource: 'a resource-based policy',
  boundary: 'a permissions boundary',
  session: 'a session policy',
}

/**
 * What AWS says to a caller that may not do something. SNS alone writes its name in capitals.
 *
 * @see IAM user guide, "Troubleshoot access denied error messages"
 */
export function denialText(
  { arn, action, resource }: { readonly arn: string; readonly action: string; readonly resource: string },
  denial: Denial,
): string {
  const shown = action.replace(/^sns:/, 'SNS:')
  const what = `User: ${arn} is not authorized to perform: ${shown} on resource: ${resource}`
  return untold.has(action) ? what : `${what} ${reason(shown, denial)}`
}

/** What AWS says to who comes with a token of another issuer: neither whether there is the role, nor what its policy lacks. */
export function federatedDenialText(action: string): string {
  return `Not authorized to perform ${action}`
}

/** Whether there is a role, and why one may not be assumed, is the role's owner's business. */
const untold = new Set(['sts:AssumeRole', 'sts:TagSession', 'sts:SetSourceIdentity'])

function reason(action: string, { explicit, place }: Denial): string {
  if (explicit) return `with an explicit deny in ${deniedIn[place]}`
  return `because ${missingIn[place]} allows the ${action} action`
}
