import { parseServiceArn, type ServiceKey, serviceArn } from '../ecs/scheduling/service-key.ts'
import { DomainError } from '../errors.ts'
import type { Rule } from './rule.ts'
import type { EventTarget } from './target.ts'

/** A tag of a repository, each push of which has a service of the same account and region deploy anew what it runs. */
export interface Redeployment {
  readonly repositoryName: string
  readonly tag: string
  readonly service: ServiceKey
}

/** What rules of redeployments are named with first; it finds them among all others. */
export const redeploymentPrefix = 'berth-redeploy-'

/** The pattern that successful pushes of the tag match. */
export function redeploymentPattern({ repositoryName, tag }: Omit<Redeployment, 'service'>): string {
  return JSON.stringify({
    source: ['aws.ecr'],
    'detail-type': ['ECR Image Action'],
    detail: {
      'action-type': ['PUSH'],
      result: ['SUCCESS'],
      'repository-name': [repositoryName],
      'image-tag': [tag],
    },
  })
}

/** The rule's target. */
export function redeploymentTarget({ service }: Pick<Redeployment, 'service'>): EventTarget {
  return { Id: 'service', Arn: serviceArn(service) }
}

/** What a rule with its targets does, or undefined if that is not a redeployment, or no longer one alone. */
export function readRedeployment(
  { pattern = '' }: Pick<Rule, 'pattern'>,
  targets: readonly EventTarget[],
): Redeployment | undefined {
  const [target] = targets
  const service = target && parseServiceArn(target.Arn)
  if (service === undefined || targets.length !== 1) return undefined
  const [repositoryName = '', tag = ''] =
    pattern.match(/(?<="(?:repository-name|image-tag)":\[")[^"]*/g) ?? []
  const read = { repositoryName, tag, service }
  return redeploymentPattern(read) === pattern ? read : undefined
}

/** Pushes of a tag don't redeploy a service. */
export class RedeploymentNotFoundError extends DomainError {
  override readonly name = 'RedeploymentNotFoundError'
  constructor(image: string, service: string) {
    super(`No push of ${image} redeploys ${service}.`)
  }
}
