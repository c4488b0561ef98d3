import type { TaskCredentials, TaskRoleSessions } from '../../access/iam/task-credentials.ts'
import type { TaskContainerKey, TaskTokens } from '../../access/task-tokens.ts'
import { containerMetadata, taskMetadata } from '../../core/ecs/running/task-metadata.ts'
import type { Task, TaskContainer } from '../../core/ecs/task.ts'
import { credentialsPath, metadataPath } from '../../services/ecs/task-endpoint-paths.ts'
import type { MetadataReader } from '../../stores/metadata/metadata-store.ts'
import type { HttpDoor, HttpRequest, HttpResponse } from '../http/exchange.ts'
import { only } from '../http/only.ts'

/** What answers tasks. */
export interface TaskPages {
  readonly metadata: Pick<MetadataReader, 'tasks'>
  readonly sessions: TaskRoleSessions
  readonly credentialTokens: TaskTokens
  readonly metadataTokens: TaskTokens
  /** How much of the machine a container uses, as the engine tells it; undefined when it doesn't run. */
  readonly statsOf: (runtimeId: string) => Promise<unknown>
}

/**
 * Where tasks get the credentials of their role, and facts about themselves. Each has a token that says which it is: nobody gets another's.
 *
 * @see Amazon ECS developer guide, "Amazon ECS task IAM role" and "Amazon ECS task metadata endpoint version 4"
 */
export function taskPages(pages: TaskPages): HttpDoor {
  return only(['GET'], async (request) => {
    const [path = ''] = request.url.split('?', 1)
    if (path.startsWith(credentialsPath())) return credentials(pages, request, path)
    if (path.startsWith(metadataPath(''))) return metadata(pages, path.slice(metadataPath('').length))
    return unknown('no such path')
  })
}

async function credentials(
  { sessions, credentialTokens }: TaskPages,
  { headers }: HttpRequest,
  path: string,
): Promise<HttpResponse> {
  const inPath = path.slice(credentialsPath('').length)
  const key = credentialTokens.read(inPath || (headers.authorization ?? ''))
  const found = key && (await sessions.credentialsOf(key.task))
  return found === undefined ? unknown('credentials not found') : answer(credentialsShape(found))
}

function credentialsShape({
  roleArn,
  accessKeyId,
  secretAccessKey,
  sessionToken,
  expiresAt,
}: TaskCredentials) {
  return {
    RoleArn: roleArn,
    AccessKeyId: accessKeyId,
    SecretAccessKey: secretAccessKey,
    Token: sessionToken,
    Expiration: expiresAt.toISOString(),
  }
}

async function metadata(pages: TaskPages, path: string): Promise<HttpResponse> {
  const [token = '', ...rest] = path.split('/')
  const key = pages.metadataTokens.read(token)
  const task = key && (await pages.metadata.tasks.find(key.task))
  const container = task && containerOf(task, key)
  if (task === undefined || container === undefined) return unknown('task not found')
  switch (rest.join('/')) {
    case '':
      return answer(containerMetadata(task, container))
    case 'task':
    case 'taskWithTags':
      return answer(taskMetadata(task))
    case 'stats':
      return answer(await statsOf(pages, container))
    case 'task/stats':
      return answer(await allStats(pages, task))
    default:
      return unknown('no such path')
  }
}

function containerOf({ containers }: Task, { container }: TaskContainerKey): TaskContainer | undefined {
  return containers.find(({ definition }) => definition.name === container)
}

async function statsOf(pages: TaskPages, { runtimeId }: TaskContainer): Promise<unknown> {
  return (runtimeId === undefined ? undefined : await pages.statsOf(runtimeId)) ?? {}
}

async function allStats(pages: TaskPages, { containers }: Task): Promise<object> {
  const known = containers.flatMap((container) =>
    container.runtimeId ? [[container.runtimeId, container] as const] : [],
  )
  return Object.fromEntries(
    await Promise.all(known.map(async ([id, container]) => [id, await statsOf(pages, container)] as const)),
  )
}

function answer(value: unknown): HttpResponse {
  return { status: 200, headers, body: JSON.stringify(value) }
}

/** As ECS's agent answers to an id that it doesn't know. */
function unknown(message: string): HttpResponse {
  return {
    status: 404,
    headers,
    body: JSON.stringify({ code: 'InvalidIdInRequest', message, HTTPErrorCode: 404 }),
  }
}

const headers = { 'content-type': 'application/json', 'cache-control': 'no-store' }
