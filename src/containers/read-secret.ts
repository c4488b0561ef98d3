import type { Principal } from '../access/principal.ts'
import { readSecretSource, type SecretSource } from '../core/ecs/secret-source.ts'
import type { Task } from '../core/ecs/task.ts'
import { denialText } from '../core/policies/denial-text.ts'
import { ContainerError } from './engine.ts'
import { keptByOperator } from './kept-by-operator.ts'
import { forTasks } from './task-identity.ts'
import type { TaskWork } from './task-work.ts'

const actions = { secretsmanager: 'secretsmanager:GetSecretValue', ssm: 'ssm:GetParameters' } as const

/**
 * The value of a secret for a task, as the role that reads it may have it.
 *
 * @throws ContainerError ResourceInitializationError in ECS's words when it isn't there or may not be read
 * @see Amazon ECS developer guide, "ResourceInitializationError task errors"
 */
export async function readSecret(
  work: Pick<TaskWork, 'authoriser' | 'findSecret' | 'onError'>,
  { valueFrom, task, who }: { readonly valueFrom: string; readonly task: Task; readonly who: Principal },
): Promise<string> {
  const source = readSecretSource(valueFrom, task.cluster)
  if (source === undefined) throw unable(`invalid secret or parameter: ${valueFrom}`)
  const asked = { action: actions[source.service], resource: source.arn, owner: source.registry.account }
  const decision = await work.authoriser.decide({ who, permission: asked, surroundings: forTasks })
  if (!decision.allowed) {
    throw failed(source, `AccessDeniedException: ${denialText({ ...asked, arn: who.arn }, decision)}`)
  }
  const value = await keptByOperator(
    work,
    () => work.findSecret(source),
    (why) => failed(source, why),
  )
  if (value === undefined) throw missing(source)
  return source.jsonKey === undefined ? value : memberOf(value, source.jsonKey, source)
}

function memberOf(text: string, key: string, source: SecretSource): string {
  let found: unknown
  try {
    found = Object.entries(JSON.parse(text)).find(([name]) => name === key)?.[1]
  } catch {
    throw failed(source, 'its value is no JSON object')
  }
  if (found === undefined) throw failed(source, `retrieved secret did not contain json key ${key}`)
  return typeof found === 'string' ? found : JSON.stringify(found)
}

function missing(source: SecretSource): ContainerError {
  return source.service === 'ssm'
    ? unable(
        `unable to retrieve secrets from ssm: service call has been retried 1 time(s): invalid ssm parameters: ${source.name}`,
      )
    : failed(source, "ResourceNotFoundException: Secrets Manager can't find the specified secret.")
}

function failed({ service, arn }: SecretSource, why: string): ContainerError {
  const what =
    service === 'ssm'
      ? 'unable to retrieve secrets from ssm: service call has been retried 1 time(s)'
      : `unable to retrieve secret from asm: service call has been retried 1 time(s): failed to fetch secret ${arn} from secrets manager`
  return unable(`${what}: ${why}`)
}

function unable(what: string): ContainerError {
  return new ContainerError(
    'ResourceInitializationError',
    `unable to pull secrets or registry auth: execution resource retrieval failed: ${what}`,
  )
}
