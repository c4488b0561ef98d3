import type { ReactNode } from 'react'
import type { TagChange } from '../../api/berth-operations.ts'
import { paths } from '../../app/paths.ts'
import { shortDigest } from '../../format/short-digest.ts'
import { inWords } from '../../format/words.ts'
import { Moment } from '../../parts/moment.tsx'
import { PageLink } from '../../parts/page-link.tsx'
import type { Column } from '../../parts/resource-table.tsx'

/** What is told of each change of a tag. */
export function changeColumns(repository: string): readonly Column<TagChange>[] {
  const digest = (text: string | undefined): ReactNode =>
    text === undefined ? '-' : <PageLink to={paths.image(repository, text)}>{shortDigest(text)}</PageLink>
  return [
    {
      id: 'at',
      header: 'When',
      cell: ({ changedAt }) => <Moment at={changedAt} />,
      sortBy: ({ changedAt }) => changedAt,
    },
    {
      id: 'tag',
      header: 'Tag',
      cell: ({ imageTag }) => imageTag ?? <i>the image</i>,
      sortBy: ({ imageTag }) => imageTag,
    },
    { id: 'from', header: 'From', cell: ({ fromDigest }) => digest(fromDigest) },
    { id: 'to', header: 'To', cell: ({ toDigest }) => digest(toDigest) },
    { id: 'reason', header: 'By', cell: ({ reason }) => inWords(reason), sortBy: ({ reason }) => reason },
    { id: 'actor', header: 'Who', cell: ({ actor }) => actor, sortBy: ({ actor }) => actor },
  ]
}
