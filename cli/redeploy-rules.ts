import { createHash } from 'node:crypto'
import { z } from 'zod'
import { callAws } from './aws-call.ts'
import { CliError } from './cli-error.ts'
import type { Connection } from './connection.ts'

/** A tag of a repository, and the service that every push of it redeploys. */
export interface Redeployment {
  readonly repositoryName: string
  readonly tag: string
  readonly cluster: string
  readonly service: string
}

const prefix = 'berth-redeploy-'
const targetId = 'service'
/** EventBridge's names are short, those of repositories aren't. */
const digits = 20

const events = { service: 'events' }
const putRule = { ...events, target: 'AWSEvents.PutRule', answer: z.object({ RuleArn: z.string() }) }
const failures = z.object({
  FailedEntries: z.array(z.object({ ErrorCode: z.string(), ErrorMessage: z.string() })),
})
const putTargets = { ...events, target: 'AWSEvents.PutTargets', answer: failures }
const removeTargets = { ...events, target: 'AWSEvents.RemoveTargets', answer: failures }
const deleteRule = { ...events, target: 'AWSEvents.DeleteRule', answer: z.unknown() }
const listRules = {
  ...events,
  target: 'AWSEvents.ListRules',
  answer: z.object({
    Rules: z.array(z.object({ Name: z.string(), Description: z.string().default(''), State: z.string() })),
    NextToken: z.string().optional(),
  }),
}
const describeServices = {
  service: 'ecs',
  target: 'AmazonEC2ContainerServiceV20141113.DescribeServices',
  answer: z.object({ services: z.array(z.object({ serviceArn: z.string(), status: z.string() })) }),
}

/** Makes the rule, or leaves it as it is. @throws CliError when there is no such service, or the caller may not */
export async function addRedeployment(connection: Connection, wanted: Redeployment): Promise<void> {
  const arn = await findService(connection, wanted)
  const Name = nameOf(wanted)
  const rule = { Name, Description: describe(wanted), EventPattern: JSON.stringify(patternOf(wanted)) }
  await callAws(connection, putRule, rule)
  const { FailedEntries } = await callAws(connection, putTargets, {
    Rule: Name,
    Targets: [{ Id: targetId, Arn: arn }],
  })
  const [failed] = FailedEntries
  if (failed !== undefined) throw new CliError(`${failed.ErrorMessage} (${failed.ErrorCode})`)
}

/** Takes the rule away. @throws CliError when there is none */
export async function removeRedeployment(connection: Connection, unwanted: Redeployment): Promise<void> {
  const Name = nameOf(unwanted)
  await callAws(connection, removeTargets, { Rule: Name, Ids: [targetId] })
  await callAws(connection, deleteRule, { Name })
}

/** What every rule of these does, in words. */
export async function listRedeployments(connection: Connection): Promise<readonly string[]> {
  const found: string[] = []
  let NextToken: string | undefined
  do {
    const page = await callAws(connection, listRules, { NamePrefix: prefix, NextToken })
    found.push(...page.Rules.map(({ Description }) => Description))
    NextToken = page.NextToken
  } while (NextToken !== undefined)
  return found
}

async function findService(connection: Connection, { cluster, service }: Redeployment): Promise<string> {
  const { services } = await callAws(connection, describeServices, { cluster, services: [service] })
  const active = services.find(({ status }) => status === 'ACTIVE')
  if (active !== undefined) return active.serviceArn
  throw new CliError(
    `There is no service ${service} in the cluster ${cluster}`,
    `\`aws ecs list-services --cluster ${cluster}\` lists its services.`,
  )
}

function patternOf({ repositoryName, tag }: Redeployment) {
  return {
    source: ['aws.ecr'],
    'detail-type': ['ECR Image Action'],
    detail: {
      'action-type': ['PUSH'],
      result: ['SUCCESS'],
      'repository-name': [repositoryName],
      'image-tag': [tag],
    },
  }
}

function describe({ repositoryName, tag, cluster, service }: Redeployment): string {
  return `${repositoryName}:${tag} ${cluster}/${service}`
}

function nameOf(redeployment: Redeployment): string {
  return prefix + createHash('sha256').update(describe(redeployment)).digest('hex').slice(0, digits)
}
