import type { ImageDetail } from '@aws-sdk/client-ecr'
import type { ReactNode } from 'react'
import { useFindings } from '../../api/use-image.ts'
import { artifactType } from '../../format/artifact-type.ts'
import { formatBytes } from '../../format/bytes.ts'
import { inWords } from '../../format/words.ts'
import { FactsCard } from '../../parts/facts-card.tsx'
import { Moment } from '../../parts/moment.tsx'
import { SeverityBadges } from '../../parts/severity-counts.tsx'

/** What ECR's console tells of an image, with the sum over an index's images. */
export function ImageFacts({
  repository,
  image,
}: {
  readonly repository: string
  readonly image: ImageDetail
}): ReactNode {
  const findings = useFindings(repository, image.imageDigest ?? '')
  const { state, severityCounts } = findings.data ?? {}
  return (
    <FactsCard
      title="Details"
      facts={{
        'Image tags': image.imageTags?.join(', ') ?? '<untagged>',
        Type: artifactType(image.imageManifestMediaType, image.artifactMediaType),
        Repository: repository,
        'Pushed at': <Moment at={image.imagePushedAt} />,
        Size: formatBytes(image.imageSizeInBytes ?? 0),
        'Last pulled at': <Moment at={image.lastRecordedPullTime} />,
        Storage: inWords(image.imageStatus ?? 'ACTIVE'),
        Vulnerabilities:
          state === 'COMPLETE' && severityCounts ? (
            <SeverityBadges counts={severityCounts} />
          ) : (
            inWords(state ?? '-')
          ),

        'Manifest media type': image.imageManifestMediaType,
        'Artifact media type': image.artifactMediaType,
      }}
    />
  )
}
