import type { ImageDetail } from '@aws-sdk/client-ecr'
import type { ReactNode } from 'react'
import { useFindings } from '../../api/use-image.ts'
import { useRepository } from '../../api/use-repository.ts'
import { artifactType } from '../../format/artifact-type.ts'
import { formatBytes } from '../../format/bytes.ts'
import { imageUri } from '../../format/image-uri.ts'
import { inWords } from '../../format/words.ts'
import { Copyable } from '../../parts/copyable.tsx'
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
  const { state, severityCounts, images = [] } = findings.data ?? {}
  const trouble = images.find(({ status }) => status === 'FAILED')?.description
  const { repositoryUri } = useRepository(repository).data ?? {}
  const uri = repositoryUri && imageUri(repositoryUri, image)
  return (
    <FactsCard
      title="Details"
      facts={{
        'Image tags': image.imageTags?.join(', ') ?? '<untagged>',
        'Image URI': uri && <Copyable text={uri} name="URI" />,
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
            (trouble ?? inWords(state ?? '-'))
          ),
        'Manifest media type': image.imageManifestMediaType,
        'Artifact media type': image.artifactMediaType,
      }}
    />
  )
}
