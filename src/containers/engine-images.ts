import { z } from 'zod'
import { referenceOf } from '../core/ecs/images/image-name.ts'
import type { EngineImage } from '../core/ecs/images/pulled-reference.ts'
import { type DockerClient, DockerError } from './docker-client.ts'

const names = z.array(z.string()).nullish()
const imageList = z.array(z.object({ Id: z.string(), RepoTags: names, RepoDigests: names }))
const containerList = z.array(z.object({ ImageID: z.string() }))

/** All images that have a name. @see Docker Engine API, ImageList */
export async function listImages(docker: DockerClient): Promise<EngineImage[]> {
  const found = imageList.parse(await docker.ask({ method: 'GET', path: '/images/json' }))
  return found.map(({ Id: id, RepoTags, RepoDigests }) => ({
    id,
    references: [...(RepoTags ?? []), ...(RepoDigests ?? [])].filter(isName).map(referenceOf),
  }))
}

/** The ids of images that containers are made of: anybody's, and those that have ended as well. */
export async function listImagesInUse(docker: DockerClient): Promise<ReadonlySet<string>> {
  const query = { all: 'true' }
  const found = containerList.parse(await docker.ask({ method: 'GET', path: '/containers/json', query }))
  return new Set(found.map(({ ImageID }) => ImageID))
}

/**
 * Takes a name from an image, and removes the image with its last name; never by force. Resolves to whether that name is gone: the engine
 * refuses where a container needs it.
 *
 * @see Docker Engine API, ImageDelete
 */
export async function removeImage(docker: DockerClient, reference: string): Promise<boolean> {
  try {
    await docker.find({ method: 'DELETE', path: `/images/${reference}`, query: { noprune: 'true' } })
    return true
  } catch (error) {
    if (error instanceof DockerError) return false
    throw error
  }
}

/** An image that has lost its tag is listed with something in its place. */
function isName(name: string): boolean {
  return !name.includes('<none>')
}
