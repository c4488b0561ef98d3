import type { ECRClient } from '@aws-sdk/client-ecr'
import { pushImage } from '../support/push-image.ts'
import { pushThroughApi } from '../support/push-through-api.ts'
import type { RegistryAccess } from '../support/registry-client.ts'
import type { SeededRandom } from '../support/seeded-random.ts'
import { blob, imageOf, type TestBlob, type TestImage } from '../support/test-image.ts'

export const repositories = ['alpha', 'beta/nested', 'gamma'] as const

/** One image under one tag of its own. */
export interface PlannedPush {
  readonly repository: (typeof repositories)[number]
  readonly tag: string
  readonly image: TestImage
  /** Through `/v2/`, or through the JSON API. */
  readonly door: 'oci' | 'api'
}

/** Both doors of one Berth, opened. */
export interface Doors {
  readonly registry: RegistryAccess
  readonly ecr: ECRClient
}

/** Pushes of small and large layers; some images share layers with others, as builds of one program do. */
export function planPushes(random: SeededRandom, count: number): PlannedPush[] {
  const shared = [randomLayer(random), randomLayer(random), randomLayer(random)] as const
  return Array.from({ length: count }, (_, index) => {
    const layers = [random.pick([...shared, randomLayer(random)]), randomLayer(random)]
    return {
      repository: random.pick(repositories),
      tag: `v${index}`,
      image: imageOf({ os: 'linux', architecture: 'amd64', index }, layers),
      door: random.pick(['oci', 'oci', 'api']),
    }
  })
}

function randomLayer(random: SeededRandom): TestBlob {
  return blob(random.bytes(1 + random.below(random.pick([100, 5_000, 5_000, 500_000]))))
}

export function perform(
  { repository, tag, image, door }: PlannedPush,
  { registry, ecr }: Doors,
): Promise<void> {
  if (door === 'oci') return pushImage(registry, repository, tag, image)
  return pushThroughApi(ecr, repository, tag, image)
}
