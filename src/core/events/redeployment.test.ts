import { expect, test } from 'vitest'
import { fitsPattern } from '../event-patterns/fits-pattern.ts'
import { flattenEvent } from '../event-patterns/flatten-event.ts'
import { parseEventPattern } from '../event-patterns/parse-event-pattern.ts'
import { parseAccountId } from '../names/account-id.ts'
import { parseRegion } from '../names/region.ts'
import { readRedeployment, redeploymentPattern, redeploymentTarget } from './redeployment.ts'

const cluster = {
  account: parseAccountId('123456789012'),
  region: parseRegion('us-west-2'),
  name: 'demo',
}
const redeployment = { repositoryName: 'team/app', tag: 'prod', service: { cluster, name: 'web' } }
const pattern = redeploymentPattern(redeployment)
const target = redeploymentTarget(redeployment)

test.each([
  ['a push of the tag', {}, true],
  ['a push of another tag', { 'image-tag': 'dev' }, false],
  ['a push to another repository', { 'repository-name': 'team/app2' }, false],
  ['a failed push', { result: 'FAILURE' }, false],
  ['a deletion', { 'action-type': 'DELETE' }, false],
])('%s redeploys or not', (_what, change, redeploys) => {
  const detail = {
    'action-type': 'PUSH',
    result: 'SUCCESS',
    'repository-name': 'team/app',
    'image-tag': 'prod',
    ...change,
  }
  const event = { source: 'aws.ecr', 'detail-type': 'ECR Image Action', detail }
  expect(fitsPattern(parseEventPattern(pattern), flattenEvent(event))).toBe(redeploys)
})

test('a redeployment is read from its rule', () => {
  expect(readRedeployment({ pattern }, [target])).toEqual(redeployment)
})

test.each([
  ['without a target', pattern, []],
  [
    'with other targets too',
    pattern,
    [target, { Id: 'mail', Arn: 'arn:aws:sns:us-west-2:123456789012:mail' }],
  ],
  [
    'whose target is no service',
    pattern,
    [{ Id: 'service', Arn: 'arn:aws:sns:us-west-2:123456789012:mail' }],
  ],
  ['of another pattern', pattern.replace('PUSH', 'DELETE'), [target]],
  ['of no pattern', undefined, [target]],
])('a rule %s is none', (_what, text, targets) => {
  expect(readRedeployment({ pattern: text }, targets)).toBeUndefined()
})
