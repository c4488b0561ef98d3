import Button from '@cloudscape-design/components/button'
import ContentLayout from '@cloudscape-design/components/content-layout'
import Header from '@cloudscape-design/components/header'
import SpaceBetween from '@cloudscape-design/components/space-between'
import Tabs from '@cloudscape-design/components/tabs'
import { type ReactNode, useState } from 'react'
import { useLocation } from 'wouter'
import { useImageDetail, useManifest } from '../../api/use-image.ts'
import { paths } from '../../app/paths.ts'
import { shortDigest } from '../../format/short-digest.ts'
import { Copyable } from '../../parts/copyable.tsx'
import { Failure } from '../../parts/failure.tsx'
import { Loading } from '../../parts/loading.tsx'
import { DeleteImages } from '../repository/delete-images.tsx'
import { ContentTab } from './content-tab.tsx'
import { FindingsTab } from './findings-tab.tsx'
import { ImageFacts } from './image-facts.tsx'
import { PlatformsCard } from './platforms-card.tsx'
import { ReferrersTab } from './referrers-tab.tsx'

/** One image: what it is, what is in it, what was found in it and what refers to it. */
export function ImagePage(props: {
  readonly name: string
  readonly digest: string
  readonly tab?: string
}): ReactNode {
  const { name, digest, tab = 'details' } = props
  const [, go] = useLocation()
  const [isDeleting, setDeleting] = useState(false)
  const { data: image, error, refetch } = useImageDetail(name, digest)
  const content = useManifest(name, digest)
  if (error) return <Failure error={error} retry={refetch} />
  if (image === undefined) return <Loading />
  const manifest = content.data?.manifest
  const children = manifest?.manifests ?? []
  const shownContent = content.data ? (
    <ContentTab repository={name} {...content.data} />
  ) : (
    <Failure error={content.error} />
  )
  return (
    <ContentLayout
      header={
        <Header
          variant="h1"
          description={<Copyable text={digest} name="digest" />}
          actions={<Button onClick={() => setDeleting(true)}>Delete</Button>}
        >
          {image.imageTags?.join(', ') ?? shortDigest(digest)}
        </Header>
      }
    >
      <Tabs
        activeTabId={tab}
        onChange={({ detail }) => go(`${paths.image(name, digest)}/${detail.activeTabId}`)}
        tabs={[
          {
            id: 'details',
            label: 'Details',
            content: (
              <SpaceBetween size="l">
                <ImageFacts repository={name} image={image} />
                {children.length > 0 && (
                  <PlatformsCard repository={name} digest={digest} platforms={children} />
                )}
              </SpaceBetween>
            ),
          },
          {
            id: 'findings',
            label: 'Vulnerabilities',
            content: <FindingsTab repository={name} digest={digest} />,
          },
          { id: 'content', label: 'Manifest and layers', content: shownContent },
          {
            id: 'referrers',
            label: 'Signatures and SBOMs',
            content: <ReferrersTab repository={name} digest={digest} />,
          },
        ]}
      />
      {isDeleting && (
        <DeleteImages
          repository={name}
          images={[image]}
          onClose={() => setDeleting(false)}
          onDeleted={() => go(paths.repository(name))}
        />
      )}
    </ContentLayout>
  )
}
