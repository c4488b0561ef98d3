import { DescribeImagesCommand, type ImageDetail } from '@aws-sdk/client-ecr'
import Button from '@cloudscape-design/components/button'
import { type ReactNode, useState } from 'react'
import { useEcr } from '../../api/use-clients.ts'
import { usePages } from '../../api/use-pages.ts'
import { Empty } from '../../parts/empty.tsx'
import { ResourceTable } from '../../parts/resource-table.tsx'
import { DeleteImages } from './delete-images.tsx'
import { digestOf, imageColumns } from './image-columns.tsx'

/** The images of a repository, newest push first. */
export function ImagesTab({
  repository,
  uri,
}: {
  readonly repository: string
  readonly uri: string
}): ReactNode {
  const ecr = useEcr()
  const [doomed, setDoomed] = useState<readonly ImageDetail[]>()
  const pages = usePages<ImageDetail>(['images', repository], async (nextToken) => {
    const page = await ecr.send(
      new DescribeImagesCommand({
        repositoryName: repository,
        nextToken,
        maxResults: 1000,
        filter: { imageStatus: 'ANY' },
      }),
    )
    const items = (page.imageDetails ?? []).toSorted((one, other) => pushedAt(other) - pushedAt(one))
    return { items, nextToken: page.nextToken }
  })
  return (
    <>
      <ResourceTable
        title="Images"
        pages={pages}
        columns={imageColumns(repository, uri)}
        idOf={digestOf}
        textOf={(image) =>
          [...(image.imageTags ?? ['untagged']), digestOf(image), image.artifactMediaType].join(' ')
        }
        selection="multi"
        empty={<Empty title="No images" next="“View push commands” above has what to type." />}
        actions={(selected) => (
          <Button disabled={selected.length === 0} onClick={() => setDoomed(selected)}>
            Delete
          </Button>
        )}
      />
      {doomed && (
        <DeleteImages repository={repository} images={doomed} onClose={() => setDoomed(undefined)} />
      )}
    </>
  )
}

function pushedAt({ imagePushedAt }: ImageDetail): number {
  return imagePushedAt?.getTime() ?? 0
}
