import fc from 'fast-check'
import { expect, test } from 'vitest'
import { parseAccountId } from '../names/account-id.ts'
import { ConditionContext } from './condition-context.ts'
import { decide, type NamedPolicy } from './decide.ts'
import { parsePolicy } from './parse-policy.ts'
import { statementsAbout } from './statements-about.ts'

const owner = parseAccountId('111122223333')
const arn = (name: string) => `arn:aws:ecr:us-east-1:${owner}:repository/${name}`
const actions = ['ecr:PutImage', 'ecr:BatchGetImage', 'sns:Publish']
const resources = [arn('a'), arn('b'), arn('dev'), '*']

const anyStatement = fc.record({
  Effect: fc.constantFrom('Allow', 'Deny'),
  actions: fc.tuple(
    fc.constantFrom('Action', 'NotAction'),
    fc.constantFrom(...actions, 'ecr:*', '*', 'ECR:Put*'),
  ),
  resources: fc.tuple(
    fc.constantFrom('Resource', 'NotResource'),
    // biome-ignore lint/suspicious/noTemplateCurlyInString: a variable of IAM's policies
    fc.constantFrom(...resources, arn('${aws:username}'), arn('*'), arn('?')),
  ),
  condition: fc.constantFrom({}, { StringEquals: { 'aws:username': 'dev' } }),
})

const anyPolicy = fc.array(anyStatement, { minLength: 1, maxLength: 4 }).map((statements): NamedPolicy => {
  const Statement = statements.map(
    ({ Effect, actions: [how, action], resources: [where, resource], condition }, at) => ({
      Sid: `s${at}`,
      Effect,
      [how]: action,
      [where]: resource,
      Condition: condition,
    }),
  )
  const text = JSON.stringify({ Version: '2012-10-17', Statement })
  return { name: 'p', document: parsePolicy(text, 'identity') }
})

test('leave every decision as it is', () => {
  fc.assert(
    fc.property(
      fc.array(anyPolicy, { maxLength: 5 }),
      fc.constantFrom(...actions),
      fc.constantFrom(...resources),
      fc.constantFrom('dev', 'ops'),
      (policies, action, resource, user) => {
        const arn = `arn:aws:iam::${owner}:user/${user}`
        const caller = { kind: 'user', account: owner, arn, id: 'AIDA0123456789AB' } as const
        const decideBy = (identity: readonly NamedPolicy[]) => {
          const context = new ConditionContext({ 'aws:username': user })
          return decide({ caller, action, resource, owner, context }, { identity, resource: [] })
        }
        expect(decideBy(statementsAbout(policies, { action, resource }))).toEqual(decideBy(policies))
      },
    ),
  )
})

test('are few of many', () => {
  const Statement = Array.from({ length: 20 }, (_, at) => ({
    Effect: 'Allow',
    Action: 'ecr:*',
    Resource: arn(`r${at}`),
  }))
  const policy = {
    name: 'p',
    document: parsePolicy(JSON.stringify({ Statement, Version: '2012-10-17' }), 'identity'),
  }
  const [few] = statementsAbout([policy, policy], { action: 'ecr:PutImage', resource: arn('r7') })
  expect(few?.document.statements).toHaveLength(1)
  expect(statementsAbout([policy], { action: 'sns:Publish', resource: arn('r7') })).toEqual([])
})
