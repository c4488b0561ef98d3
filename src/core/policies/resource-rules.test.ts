import { expect, test } from 'vitest'
import { accountSettings } from '../registries/account-settings.ts'
import { isPolicy } from './is-policy.ts'
import { parsePolicy } from './parse-policy.ts'
import { policiesAbout } from './resource-rules.ts'

const text = JSON.stringify({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: '*', Action: 'ecr:*' }],
})
const named = (name: string) => ({ name, document: parsePolicy(text, 'resource') })

test('a text is a policy for a resource or it is not, whatever it is', () => {
  expect(isPolicy(text)).toBe(true)
  for (const none of ['', '{}', '[]', 'null', '{"Statement": 7}']) expect(isPolicy(none)).toBe(false)
})

test('the policies of a resource and of its registry have a say, where there are any', () => {
  const resource = { policy: named('of the resource'), tags: new Map<string, string>() }
  const settings = accountSettings(new Map([['REGISTRY_POLICY_SCOPE', 'V2']]))
  const registry = { policy: named('of the registry'), settings }
  const about = (rules: Parameters<typeof policiesAbout>[0]) => policiesAbout(rules, 'ecr:PutImage')
  expect(about({ resource, registry })).toEqual([resource.policy, registry.policy])
  expect(about({ resource })).toEqual([resource.policy])
  expect(about({ resource: undefined, registry })).toEqual([registry.policy])
  expect(
    about({ resource: { ...resource, policy: undefined }, registry: { settings, policy: undefined } }),
  ).toEqual([])
})
