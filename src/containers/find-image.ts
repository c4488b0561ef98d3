import type { Principal } from '../access/principal.ts'
import { type OwnImage, readOwnImage } from '../core/ecs/image-source.ts'
import { imageToRun, type Task, type TaskContainer } from '../core/ecs/task.ts'
import { DomainError } from '../core/errors.ts'
import { repositoryArn } from '../core/names/arn.ts'
import { denialText } from '../core/policies/denial-text.ts'
import { getManifest } from '../registry/get-manifest.ts'
import { useImage } from '../registry/use-image.ts'
import { ContainerError, type ImageToPull } from './engine.ts'
import { repositoryLogin } from './repository-login.ts'
import { forTasks } from './task-identity.ts'
import type { TaskWork } from './task-work.ts'

/**
 * What a task's image is to the engine: one of this Berth's by its digest, which counts as in use from here on, with a password for whoever pulls it; another by its name, with
 * the password that its definition names.
 *
 * @throws ContainerError in ECS's words when it isn't there or that principal may not have it
 */
export async function findImage(
  work: TaskWork,
  task: Task,
  container: TaskContainer,
  who: Principal,
): Promise<ImageToPull> {
  const image = imageToRun(container)
  const { definition, deployedDigest } = container
  const { account, region } = task.cluster
  const own = readOwnImage(definition.image, { ...work.names, registry: { account, region } })
  if (own === undefined)
    return { ...named(image, container), ...(await repositoryLogin(work, task, container, who)) }
  await requireLogin(work, who)
  const { repository } = own
  // By the definition's own words: what its tag was looked up to be is not for who may not have it.
  await requirePull(work, own, who, definition.image)
  const reference =
    deployedDigest === undefined ? own.reference : ({ kind: 'digest', digest: deployedDigest } as const)
  try {
    const { digest } = await getManifest(work.registry, { repository, reference, as: 'look' })
    await useImage(work.registry, { repository, digest }, { task, container: container.definition.name })
    const host = work.hostOf(repository)
    const { password } = work.tokens.issue(who, repository)
    return {
      name: `${host}/${repository.name}@${digest}`,
      digest,
      login: { username: 'AWS', password, host },
    }
  } catch (error) {
    if (!(error instanceof DomainError)) throw error
    throw cannotPull(image, 'not found')
  }
}

/** An image from elsewhere, by the digest that its deployment has found. */
function named(name: string, { deployedDigest }: TaskContainer): ImageToPull {
  return { name, ...(deployedDigest !== undefined && { digest: deployedDigest }) }
}

/** @see Amazon ECS developer guide, "CannotPullContainer task errors" */
async function requireLogin({ authoriser }: TaskWork, who: Principal): Promise<void> {
  const asked = { action: 'ecr:GetAuthorizationToken', resource: '*', owner: who.account }
  const decision = await authoriser.decide({ who, permission: asked, surroundings: forTasks })
  if (decision.allowed) return
  throw new ContainerError(
    'CannotPullECRContainerError',
    `AccessDeniedException: ${denialText({ ...asked, arn: who.arn }, decision)}`,
  )
}

/** Asked before the tag is looked up, so that nobody learns what is there. */
async function requirePull(
  { authoriser, hostOf }: TaskWork,
  { repository, reference }: OwnImage,
  who: Principal,
  image: string,
): Promise<void> {
  for (const action of ['ecr:BatchGetImage', 'ecr:GetDownloadUrlForLayer']) {
    const { account: owner } = repository
    const permission = { action, resource: repositoryArn(repository), owner, within: repository }
    const { allowed } = await authoriser.decide({ who, permission, surroundings: forTasks })
    if (allowed) continue
    const version = reference.kind === 'tag' ? reference.tag : reference.digest
    const url = `https://${hostOf(repository)}/v2/${repository.name}/manifests/${version}`
    throw cannotPull(image, `unexpected status from HEAD request to ${url}: 403 Forbidden`)
  }
}

function cannotPull(image: string, why: string): ContainerError {
  return new ContainerError(
    'CannotPullContainerError',
    `pull image manifest has been retried 1 time(s): failed to resolve ref ${image}: ${why}`,
  )
}
