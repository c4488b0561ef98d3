import Box from '@cloudscape-design/components/box'
import StatusIndicator from '@cloudscape-design/components/status-indicator'
import type { ReactNode } from 'react'
import type { ExplainedImage } from '../../api/berth-operations.ts'
import { useBerth } from '../../api/use-clients.ts'
import { usePages } from '../../api/use-pages.ts'
import { paths } from '../../app/paths.ts'
import { formatBytes } from '../../format/bytes.ts'
import { shortDigest } from '../../format/short-digest.ts'
import { inWords } from '../../format/words.ts'
import { Empty } from '../../parts/empty.tsx'
import { Moment } from '../../parts/moment.tsx'
import { PageLink } from '../../parts/page-link.tsx'
import { type Column, ResourceTable } from '../../parts/resource-table.tsx'

/** What a policy would do to each image of a repository, and why. Nothing is deleted for it. */
export function LifecyclePreview({
  repository,
  policy,
}: {
  readonly repository: string
  readonly policy: string
}): ReactNode {
  const berth = useBerth()
  const pages = usePages<ExplainedImage>(['explain', repository, policy], async (nextToken) => {
    const page = await berth('ExplainLifecyclePolicy', {
      repositoryName: repository,
      lifecyclePolicyText: policy,
      maxResults: 1000,
      nextToken,
    })
    return { items: page.images, nextToken: page.nextToken }
  })
  return (
    <ResourceTable
      title="Dry run"
      description={<Summary images={pages.items} />}
      pages={pages}
      columns={columns(repository)}
      idOf={({ imageDigest }) => imageDigest}
      textOf={({ imageTags, imageDigest, outcome }) => [...imageTags, imageDigest, outcome].join(' ')}
      empty={<Empty title="The repository has no images" />}
    />
  )
}

function Summary({ images }: { readonly images: readonly ExplainedImage[] }): ReactNode {
  const of = (outcome: string) => images.filter((image) => image.outcome === outcome)
  const freed = of('EXPIRE').reduce((sum, { imageSizeInBytes }) => sum + imageSizeInBytes, 0)
  return (
    <Box color="text-body-secondary">
      {of('EXPIRE').length} would expire ({formatBytes(freed)}), {of('ARCHIVE').length} be archived,{' '}
      {of('KEEP').length} stay. Nothing is deleted by this.
    </Box>
  )
}

function columns(repository: string): readonly Column<ExplainedImage>[] {
  return [
    {
      id: 'tags',
      header: 'Image',
      cell: ({ imageTags, imageDigest }) => (
        <PageLink to={paths.image(repository, imageDigest)}>
          {imageTags.join(', ') || shortDigest(imageDigest)}
        </PageLink>
      ),
    },
    {
      id: 'outcome',
      header: 'Outcome',
      cell: ({ outcome }) => (
        <StatusIndicator type={outcome === 'KEEP' ? 'success' : 'warning'}>
          {inWords(outcome)}
        </StatusIndicator>
      ),
      sortBy: ({ outcome }) => outcome,
    },
    { id: 'reason', header: 'Why', cell: ({ reason }) => inWords(reason), sortBy: ({ reason }) => reason },
    {
      id: 'rule',
      header: 'Rule',
      cell: ({ rulePriority }) => rulePriority ?? '-',
      sortBy: ({ rulePriority }) => rulePriority,
    },
    { id: 'due', header: 'Changes at', cell: ({ dueAt }) => <Moment at={dueAt} /> },
    {
      id: 'pushed',
      header: 'Pushed at',
      cell: ({ imagePushedAt }) => <Moment at={imagePushedAt} />,
      sortBy: ({ imagePushedAt }) => imagePushedAt,
    },
    {
      id: 'size',
      header: 'Size',
      cell: ({ imageSizeInBytes }) => formatBytes(imageSizeInBytes),
      sortBy: ({ imageSizeInBytes }) => imageSizeInBytes,
    },
  ]
}
