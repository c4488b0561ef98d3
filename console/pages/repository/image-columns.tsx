import type { ImageDetail } from '@aws-sdk/client-ecr'
import type { ReactNode } from 'react'
import { paths } from '../../app/paths.ts'
import { artifactType } from '../../format/artifact-type.ts'
import { formatBytes } from '../../format/bytes.ts'
import { imageUri } from '../../format/image-uri.ts'
import { shortDigest } from '../../format/short-digest.ts'
import { inWords } from '../../format/words.ts'
import { Copyable } from '../../parts/copyable.tsx'
import { Moment } from '../../parts/moment.tsx'
import { PageLink } from '../../parts/page-link.tsx'
import type { Column } from '../../parts/resource-table.tsx'
import { ImageSeverities } from './image-severities.tsx'

const tagsShown = 3

export function digestOf({ imageDigest = '' }: ImageDetail): string {
  return imageDigest
}

/** What the list of images tells of each. */
export function imageColumns(repository: string, uri: string): readonly Column<ImageDetail>[] {
  return [
    {
      id: 'tags',
      header: 'Image tags',
      cell: (image) => <PageLink to={paths.image(repository, digestOf(image))}>{tagsOf(image)}</PageLink>,
      sortBy: (image) => tagsOf(image),
      minWidth: 160,
    },
    {
      id: 'type',
      header: 'Type',
      cell: (image) => artifactType(image.imageManifestMediaType, image.artifactMediaType),
      sortBy: (image) => artifactType(image.imageManifestMediaType, image.artifactMediaType),
      minWidth: 110,
    },
    {
      id: 'pushed',
      header: 'Pushed at',
      cell: ({ imagePushedAt }) => <Moment at={imagePushedAt} />,
      sortBy: ({ imagePushedAt }) => imagePushedAt?.getTime(),
      minWidth: 190,
    },
    {
      id: 'vulnerabilities',
      header: 'Vulnerabilities',
      cell: (image): ReactNode => <ImageSeverities repository={repository} image={image} />,
      minWidth: 170,
    },
    {
      id: 'size',
      header: 'Size',
      cell: ({ imageSizeInBytes = 0 }) => formatBytes(imageSizeInBytes),
      sortBy: ({ imageSizeInBytes }) => imageSizeInBytes,
      minWidth: 100,
    },
    {
      id: 'uri',
      header: 'Image URI',
      cell: (image) => <Copyable text={imageUri(uri, image)} shown="Copy URI" name="URI" />,
      minWidth: 120,
    },
    {
      id: 'digest',
      header: 'Digest',
      cell: (image) => <Copyable text={digestOf(image)} shown={shortDigest(digestOf(image))} name="digest" />,
      minWidth: 200,
    },
    {
      id: 'pulled',
      header: 'Last pulled at',
      cell: ({ lastRecordedPullTime }) => <Moment at={lastRecordedPullTime} />,
      sortBy: ({ lastRecordedPullTime }) => lastRecordedPullTime?.getTime() ?? 0,
      minWidth: 190,
    },
    {
      id: 'status',
      header: 'Storage',
      cell: ({ imageStatus = 'ACTIVE' }) => inWords(imageStatus),
      sortBy: ({ imageStatus }) => imageStatus,
      minWidth: 100,
    },
  ]
}

function tagsOf({ imageTags = [] }: ImageDetail): string {
  if (imageTags.length === 0) return '<untagged>'
  const more = imageTags.length - tagsShown
  return imageTags.slice(0, tagsShown).join(', ') + (more > 0 ? ` and ${more} more` : '')
}
