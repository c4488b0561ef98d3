import type { ImageDetail } from '@aws-sdk/client-ecr'
import StatusIndicator from '@cloudscape-design/components/status-indicator'
import type { ReactNode } from 'react'
import { paths } from '../../app/paths.ts'
import { inWords } from '../../format/words.ts'
import { PageLink } from '../../parts/page-link.tsx'
import { SeverityBadges } from '../../parts/severity-counts.tsx'

/** How an image's scan stands and what it found, as far as the list of images tells it. */
export function ImageSeverities({
  repository,
  image,
}: {
  readonly repository: string
  readonly image: ImageDetail
}): ReactNode {
  const { imageDigest = '', imageScanStatus, imageScanFindingsSummary, imageManifestMediaType = '' } = image
  const counts = imageScanFindingsSummary?.findingSeverityCounts
  const page = `${paths.image(repository, imageDigest)}/findings`
  if (counts !== undefined) return <SeverityBadges counts={counts} />
  if (/manifest\.list|image\.index/.test(imageManifestMediaType))
    return <PageLink to={page}>See images</PageLink>
  if (imageScanStatus?.status === undefined) return <span title="Scan it on its page">-</span>
  const type = imageScanStatus.status === 'FAILED' ? 'error' : 'pending'
  return (
    <span title={imageScanStatus.description}>
      <StatusIndicator type={type}>{inWords(imageScanStatus.status)}</StatusIndicator>
    </span>
  )
}
