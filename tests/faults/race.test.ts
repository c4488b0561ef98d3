import { CreateRepositoryCommand, ImageTagAlreadyExistsException, PutImageCommand } from '@aws-sdk/client-ecr'
import { expect } from 'vitest'
import { ecrClientOf, logIn } from '../support/ecr-client.ts'
import { pullImage } from '../support/pull-image.ts'
import { pushBlob, pushManifest } from '../support/push-image.ts'
import { UnexpectedAnswerError } from '../support/registry-client.ts'
import { SeededRandom } from '../support/seeded-random.ts'
import { blobsOf, randomImage } from '../support/test-image.ts'
import { stores } from './each-store.ts'
import type { Doors } from './planned-push.ts'

const repositoryName = 'team/app'
const random = new SeededRandom('race')

for (const { store, test, startBerth } of stores) {
  test(`with ${store}, of pushes that race for an immutable tag through both doors exactly one wins`, async () => {
    await using berth = await startBerth()
    const ecr = await ecrClientOf(berth)
    const registry = await logIn(berth, ecr)
    await ecr.send(new CreateRepositoryCommand({ repositoryName, imageTagMutability: 'IMMUTABLE' }))
    for (let round = 0; round < 20; round += 1) {
      const { winners, refusals } = await race({ ecr, registry }, `v${round}`)
      expect(winners).toEqual([await pullImage(registry, repositoryName, `v${round}`)])
      for (const refusal of refusals) expectTagIsTaken(refusal)
    }
  })
}

/** Four images at once want one tag, two of them through each door. */
async function race({ ecr, registry }: Doors, imageTag: string) {
  const images = Array.from({ length: 4 }, () => randomImage(random, [100]))
  for (const blob of images.flatMap(blobsOf)) await pushBlob(registry, repositoryName, blob)
  const outcomes = await Promise.allSettled(
    images.map(async (image, index) => {
      const put = new PutImageCommand({ repositoryName, imageTag, imageManifest: image.manifest })
      await (index % 2 === 0 ? pushManifest(registry, repositoryName, imageTag, image) : ecr.send(put))
      return image.digest
    }),
  )
  return {
    winners: outcomes.flatMap((outcome) => (outcome.status === 'fulfilled' ? outcome.value : [])),
    refusals: outcomes.flatMap((outcome) => (outcome.status === 'rejected' ? [outcome.reason] : [])),
  }
}

function expectTagIsTaken(error: unknown): void {
  if (error instanceof ImageTagAlreadyExistsException) return
  if (!(error instanceof UnexpectedAnswerError)) throw error
  expect(error.body).toContain('TAG_INVALID')
}
