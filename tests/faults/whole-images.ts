import { type ECRClient, type ImageIdentifier, paginateListImages } from '@aws-sdk/client-ecr'
import { pullImage } from '../support/pull-image.ts'
import type { Doors } from './planned-push.ts'

/** Pulls and hashes everything that a repository lists; resolves to what it lists, as `tag digest`. @throws what pullImage throws */
export async function pullEverythingListed(
  { registry, ecr }: Doors,
  repository: string,
): Promise<Set<string>> {
  const listed = await listAll(ecr, repository)
  const pull = ({ imageTag, imageDigest }: ImageIdentifier) =>
    pullImage(registry, repository, imageTag ?? imageDigest ?? '')
  const pulled = await Promise.all(listed.map(async (id) => `${id.imageTag} ${await pull(id)}`))
  return new Set(pulled)
}

async function listAll(client: ECRClient, repositoryName: string): Promise<ImageIdentifier[]> {
  const listed: ImageIdentifier[] = []
  for await (const page of paginateListImages({ client }, { repositoryName }))
    listed.push(...(page.imageIds ?? []))
  return listed
}
