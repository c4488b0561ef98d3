import { parseAccountId } from '../../names/account-id.ts'
import type { AccessRequest, Caller } from '../access-request.ts'
import { ConditionContext } from '../condition-context.ts'
import type { NamedPolicy } from '../decide.ts'
import { type PolicyKind, parsePolicy } from '../parse-policy.ts'

export const home = parseAccountId('111122223333')
export const abroad = parseAccountId('444455556666')

export const repository = `arn:aws:ecr:us-east-1:${home}:repository/team/app`

export const alice: Caller = {
  kind: 'user',
  account: home,
  arn: `arn:aws:iam::${home}:user/alice`,
  id: 'AIDAALICE0000000',
}

export const builder = {
  kind: 'session',
  account: home,
  arn: `arn:aws:sts::${home}:assumed-role/build/run-1`,
  id: 'AROABUILD0000000:run-1',
  role: { arn: `arn:aws:iam::${home}:role/build`, id: 'AROABUILD0000000' },
} as const satisfies Caller

export const stranger: Caller = {
  kind: 'user',
  account: abroad,
  arn: `arn:aws:iam::${abroad}:user/bob`,
  id: 'AIDABOB000000000',
}

export const root: Caller = { kind: 'root', account: home, arn: `arn:aws:iam::${home}:root` }

/** A pull of a repository of `home` by Alice, but for what is said. */
export function request(different: Partial<AccessRequest> = {}): AccessRequest {
  return {
    caller: alice,
    action: 'ecr:BatchGetImage',
    resource: repository,
    owner: home,
    context: new ConditionContext(),
    ...different,
  }
}

export type StatementText = Readonly<Record<string, unknown>>

/** A policy of these statements, `Allow` and on everything where they don't say. */
export function policy(kind: PolicyKind, ...statements: readonly StatementText[]): NamedPolicy {
  return { name: `the ${kind} policy`, document: parsePolicy(policyText(kind, ...statements), kind) }
}

export function policyText(kind: PolicyKind, ...statements: readonly StatementText[]): string {
  const basis = { Effect: 'Allow', ...(kind === 'identity' && { Resource: '*' }) }
  return JSON.stringify({
    Version: '2012-10-17',
    Statement: statements.map((statement) => ({
      ...basis,
      ...('NotAction' in statement ? {} : { Action: '*' }),
      ...statement,
    })),
  })
}
