import Header from '@cloudscape-design/components/header'
import Table from '@cloudscape-design/components/table'
import type { ReactNode } from 'react'
import { useFindings } from '../../api/use-image.ts'
import { paths } from '../../app/paths.ts'
import { formatBytes } from '../../format/bytes.ts'
import { type Descriptor, platformOf } from '../../format/manifest.ts'
import { shortDigest } from '../../format/short-digest.ts'
import { PageLink } from '../../parts/page-link.tsx'
import { SeverityBadges } from '../../parts/severity-counts.tsx'

/** The images that an index lists, with what was found in each. */
export function PlatformsCard(props: {
  readonly repository: string
  readonly digest: string
  readonly platforms: readonly Descriptor[]
}): ReactNode {
  const { data } = useFindings(props.repository, props.digest)
  const countsOf = ({ digest }: Descriptor): ReactNode => {
    const scanned = data?.images.find(({ imageDigest }) => imageDigest === digest)
    return scanned?.status === undefined ? '-' : <SeverityBadges counts={scanned.severityCounts} />
  }
  return (
    <Table
      header={
        <Header variant="h2" counter={`(${props.platforms.length})`}>
          Images of this index
        </Header>
      }
      items={props.platforms}
      columnDefinitions={[
        { id: 'platform', header: 'Platform', cell: platformOf },
        {
          id: 'digest',
          header: 'Digest',
          cell: ({ digest }) => (
            <PageLink to={paths.image(props.repository, digest)}>{shortDigest(digest)}</PageLink>
          ),
        },
        { id: 'size', header: 'Manifest size', cell: ({ size }) => formatBytes(size) },
        { id: 'found', header: 'Vulnerabilities', cell: countsOf },
      ]}
    />
  )
}
