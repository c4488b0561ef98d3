import Container from '@cloudscape-design/components/container'
import ExpandableSection from '@cloudscape-design/components/expandable-section'
import Header from '@cloudscape-design/components/header'
import SpaceBetween from '@cloudscape-design/components/space-between'
import Table from '@cloudscape-design/components/table'
import type { ReactNode } from 'react'
import { useImageConfig } from '../../api/use-image.ts'
import { formatBytes } from '../../format/bytes.ts'
import { prettyJson } from '../../format/json.ts'
import type { Manifest } from '../../format/manifest.ts'
import { shortDigest } from '../../format/short-digest.ts'
import { Copyable } from '../../parts/copyable.tsx'
import { Failure } from '../../parts/failure.tsx'

/** The layers, the configuration and the manifest as it is. */
export function ContentTab(props: {
  readonly repository: string
  readonly text: string
  readonly manifest: Manifest
}): ReactNode {
  const { repository, text, manifest } = props
  const config = useImageConfig(repository, manifest)
  return (
    <SpaceBetween size="l">
      {manifest.layers && (
        <Table
          header={
            <Header variant="h2" counter={`(${manifest.layers.length})`}>
              Layers
            </Header>
          }
          items={manifest.layers.map((layer, index) => ({ ...layer, index }))}
          columnDefinitions={[
            { id: 'index', header: '#', cell: ({ index }) => index + 1, width: 60 },
            {
              id: 'digest',
              header: 'Digest',
              cell: ({ digest }) => <Copyable text={digest} shown={shortDigest(digest)} name="digest" />,
            },
            { id: 'size', header: 'Size', cell: ({ size }) => formatBytes(size) },
            { id: 'type', header: 'Media type', cell: ({ mediaType = '-' }) => mediaType },
          ]}
        />
      )}
      <Container header={<Header variant="h2">Documents</Header>}>
        <ExpandableSection headerText="Manifest" defaultExpanded>
          <pre className="code mono">{prettyJson(text)}</pre>
        </ExpandableSection>
        {manifest.config && (
          <ExpandableSection headerText="Configuration">
            <Failure error={config.error} retry={config.refetch} />
            <pre className="code mono">{prettyJson(config.data ?? '')}</pre>
          </ExpandableSection>
        )}
      </Container>
    </SpaceBetween>
  )
}
