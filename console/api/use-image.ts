import {
  BatchGetImageCommand,
  DescribeImagesCommand,
  type ECRClient,
  GetDownloadUrlForLayerCommand,
} from '@aws-sdk/client-ecr'
import { type Manifest, readManifest } from '../format/manifest.ts'
import { useAnswer } from './use-answer.ts'
import { useBerth, useEcr } from './use-clients.ts'

const mediaTypes = [
  'application/vnd.oci.image.index.v1+json',
  'application/vnd.oci.image.manifest.v1+json',
  'application/vnd.docker.distribution.manifest.list.v2+json',
  'application/vnd.docker.distribution.manifest.v2+json',
]

/** What ECR tells of an image in a list. */
export function useImageDetail(repositoryName: string, imageDigest: string) {
  const ecr = useEcr()
  return useAnswer(['images', repositoryName, imageDigest], async () => {
    const answer = await ecr.send(new DescribeImagesCommand({ repositoryName, imageIds: [{ imageDigest }] }))
    return answer.imageDetails?.[0]
  })
}

/** The manifest of an image, as text and read. */
export function useManifest(repositoryName: string, imageDigest: string) {
  const ecr = useEcr()
  return useAnswer(['manifest', repositoryName, imageDigest], async () => {
    const answer = await ecr.send(
      new BatchGetImageCommand({
        repositoryName,
        imageIds: [{ imageDigest }],
        acceptedMediaTypes: mediaTypes,
      }),
    )
    const [failure] = answer.failures ?? []
    if (failure)
      throw Object.assign(new Error(failure.failureReason), { name: failure.failureCode ?? 'Error' })
    const text = answer.images?.[0]?.imageManifest ?? '{}'
    return { text, manifest: readManifest(text) }
  })
}

/** The configuration that a manifest names, as text. */
export function useImageConfig(repositoryName: string, manifest: Manifest) {
  const ecr = useEcr()
  const digest = manifest.config?.digest
  return useAnswer(['config', repositoryName, digest], () => readBlob(ecr, repositoryName, digest ?? ''), {
    enabled: digest !== undefined,
  })
}

/** What scans found in an image, or in all that an index lists; asked again every two seconds while a scan runs. */
export function useFindings(repositoryName: string, imageDigest: string) {
  const berth = useBerth()
  return useAnswer(
    ['findings', repositoryName, imageDigest],
    () => berth('DescribeFindings', { repositoryName, imageDigest, maxResults: 1000 }),
    { every: (answer) => answer?.state === 'IN_PROGRESS' && 2_000 },
  )
}

/** The link may name the host that docker uses; this page speaks only to its own. */
async function readBlob(ecr: ECRClient, repositoryName: string, layerDigest: string): Promise<string> {
  const { downloadUrl = '' } = await ecr.send(
    new GetDownloadUrlForLayerCommand({ repositoryName, layerDigest }),
  )
  const { pathname, search } = new URL(downloadUrl)
  const response = await fetch(location.origin + pathname + search)
  if (!response.ok) throw new Error(`The configuration can't be read: ${response.status}`)
  return response.text()
}
