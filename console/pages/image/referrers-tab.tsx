import { type ImageReferrer, ListImageReferrersCommand } from '@aws-sdk/client-ecr'
import type { ReactNode } from 'react'
import { useEcr } from '../../api/use-clients.ts'
import { usePages } from '../../api/use-pages.ts'
import { paths } from '../../app/paths.ts'
import { artifactType } from '../../format/artifact-type.ts'
import { formatBytes } from '../../format/bytes.ts'
import { shortDigest } from '../../format/short-digest.ts'
import { Empty } from '../../parts/empty.tsx'
import { PageLink } from '../../parts/page-link.tsx'
import { type Column, ResourceTable } from '../../parts/resource-table.tsx'

/** What refers to an image: signatures, SBOMs and whatever else has it for its subject. */
export function ReferrersTab({
  repository,
  digest,
}: {
  readonly repository: string
  readonly digest: string
}): ReactNode {
  const ecr = useEcr()
  const pages = usePages<ImageReferrer>(['referrers', repository, digest], async (nextToken) => {
    const subjectId = { imageDigest: digest }
    const page = await ecr.send(
      new ListImageReferrersCommand({ repositoryName: repository, subjectId, nextToken }),
    )
    return { items: page.referrers ?? [], nextToken: page.nextToken }
  })
  return (
    <ResourceTable
      title="Referrers"
      description="Artifacts that have this image for their subject."
      pages={pages}
      columns={columns(repository)}
      idOf={({ digest: own = '' }) => own}
      empty={
        <Empty
          title="Nothing refers to this image"
          next="Sign it, or attach a document:"
          command="oras attach --artifact-type application/spdx+json <image> sbom.spdx.json"
        />
      }
    />
  )
}

function columns(repository: string): readonly Column<ImageReferrer>[] {
  return [
    {
      id: 'digest',
      header: 'Digest',
      cell: ({ digest = '' }) => (
        <PageLink to={paths.image(repository, digest)}>{shortDigest(digest)}</PageLink>
      ),
    },
    {
      id: 'kind',
      header: 'Type',
      cell: (referrer) => artifactType(referrer.mediaType, referrer.artifactType),
    },
    { id: 'type', header: 'Artifact type', cell: (referrer) => referrer.artifactType ?? '-' },
    { id: 'size', header: 'Size', cell: ({ size = 0 }) => formatBytes(size) },
    { id: 'status', header: 'Status', cell: ({ artifactStatus }) => artifactStatus ?? '-' },
  ]
}
