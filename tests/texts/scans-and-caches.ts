import { vi } from 'vitest'
import { z } from 'zod'
import { refused, type SeenText } from './seen-text.ts'
import { app, type TextWorld } from './text-world.ts'

const named = { repositoryName: app, imageId: { imageTag: 'v1' } }
const described = z.object({
  imageScanStatus: z.object({ status: z.literal('FAILED'), description: z.string() }),
})

/** Has an image scanned that says nothing about its operating system; resolves to why that failed. */
async function scan({ call }: TextWorld): Promise<string> {
  await call('StartImageScan', named)
  const ended = async () => described.parse(await call('DescribeImageScanFindings', named))
  return (await vi.waitFor(ended, { timeout: 30_000 })).imageScanStatus.description
}

/** What is said about scans, and about rules for pulling from other registries. */
export const scanAndCacheTexts: readonly SeenText[] = [
  {
    when: 'an image has no operating system that is known',
    expected: 'UnsupportedImageError: The operating system and/or package manager are not supported.',
    provoke: scan,
  },
  {
    when: 'an image is scanned twice in a day',
    expected: 'LimitExceededException: The scan quota per image has been exceeded. Wait and try again.',
    async provoke(world) {
      await scan(world)
      return world.refusal('StartImageScan', named)
    },
  },
  {
    when: 'a scan is to start while enhanced scanning is on',
    expected: 'ValidationException: This feature is disabled',
    async provoke({ call, refusal }) {
      await call('PutRegistryScanningConfiguration', { scanType: 'ENHANCED', rules: [] })
      const text = await refusal('StartImageScan', named)
      await call('PutRegistryScanningConfiguration', { scanType: 'BASIC', rules: [] })
      return text
    },
  },
  refused(
    'the credentials of a rule are changed to none',
    'UpdatePullThroughCacheRule',
    { ecrRepositoryPrefix: 'cached' },
    'InvalidParameterException: Invalid input: Please set either credential arn or role arn to update the credentials',
  ),
  refused(
    'a registry that wants credentials is given none',
    'CreatePullThroughCacheRule',
    { ecrRepositoryPrefix: 'cached', upstreamRegistryUrl: 'registry-1.docker.io' },
    'UnsupportedUpstreamRegistryException: The specified upstream registry requires authentication. Specify a valid Secrets Manager ARN.',
  ),
]
