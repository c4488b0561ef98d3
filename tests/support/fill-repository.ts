import { CreateRepositoryCommand, type ECRClient, PutImageCommand } from '@aws-sdk/client-ecr'
import { pushBlob } from './push-image.ts'
import type { RegistryAccess } from './registry-client.ts'
import { SeededRandom } from './seeded-random.ts'
import { blobsOf, digestOf, randomImage } from './test-image.ts'

/** Creates a repository with so many images, tagged `v0`, `v1` and so on; resolves to their digests in that order. */
export async function fillRepository(
  ecr: ECRClient,
  registry: RegistryAccess,
  repositoryName: string,
  count: number,
): Promise<string[]> {
  await ecr.send(new CreateRepositoryCommand({ repositoryName }))
  const image = randomImage(new SeededRandom(repositoryName))
  for (const blob of blobsOf(image)) await pushBlob(registry, repositoryName, blob)
  const digests: string[] = []
  for (let index = 0; index < count; index += 1) {
    const imageManifest = JSON.stringify({
      ...JSON.parse(image.manifest),
      annotations: { index: `${index}` },
    })
    await ecr.send(new PutImageCommand({ repositoryName, imageManifest, imageTag: `v${index}` }))
    digests.push(digestOf(imageManifest))
  }
  return digests
}
