import { z } from 'zod'
import type { Principal } from '../access/principal.ts'
import type { Task, TaskContainer } from '../core/ecs/task.ts'
import { ContainerError, type ImageToPull } from './engine.ts'
import { readSecret } from './read-secret.ts'
import type { TaskWork } from './task-work.ts'

const credentials = z.object({ username: z.string(), password: z.string() })

/**
 * The password for a registry elsewhere, if a container's definition names the secret that it is in.
 *
 * @throws ContainerError CannotPullContainerError for a secret of another form
 * @see Amazon ECS developer guide, "Using non-AWS container images in Amazon ECS"
 */
export async function repositoryLogin(
  work: TaskWork,
  task: Task,
  { definition: { image, repositoryCredentials } }: TaskContainer,
  who: Principal,
): Promise<Pick<ImageToPull, 'login'>> {
  if (repositoryCredentials === undefined) return {}
  const text = await readSecret(work, { valueFrom: repositoryCredentials.credentialsParameter, task, who })
  const { success, data } = credentials.safeParse(readJson(text))
  if (!success)
    throw new ContainerError('CannotPullContainerError', 'the secret has no username and password.')
  return { login: { ...data, host: hostOf(image) } }
}

/** A name without a host is one of Docker Hub. */
function hostOf(image: string): string {
  const [first = '', ...rest] = image.split('/')
  return rest.length > 0 && /[.:]|^localhost$/.test(first) ? first : 'https://index.docker.io/v1/'
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
