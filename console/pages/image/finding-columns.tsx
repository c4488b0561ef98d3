import Link from '@cloudscape-design/components/link'
import type { ReactNode } from 'react'
import type { Finding } from '../../api/berth-operations.ts'
import { advisoryPage } from '../../format/advisory-page.ts'
import { inWords } from '../../format/words.ts'
import { Moment } from '../../parts/moment.tsx'
import type { Column } from '../../parts/resource-table.tsx'
import { Severity, severities } from '../../parts/severity-counts.tsx'

/** What is told of each finding. */
export const findingColumns: readonly Column<Finding>[] = [
  {
    id: 'name',
    header: 'Name',
    cell: ({ vulnerabilityName }) => <Name of={vulnerabilityName} />,
    sortBy: ({ vulnerabilityName }) => vulnerabilityName,
  },
  {
    id: 'severity',
    header: 'Severity',
    cell: ({ severity }) => <Severity severity={severity} />,
    sortBy: ({ severity }) => severities.indexOf(severity),
  },
  {
    id: 'package',
    header: 'Package',
    cell: ({ packageName }) => packageName,
    sortBy: ({ packageName }) => packageName,
  },
  { id: 'version', header: 'Version', cell: ({ packageVersion }) => packageVersion },
  {
    id: 'fixed',
    header: 'Fixed in',
    cell: ({ fixedInVersion }) => fixedInVersion ?? 'No fix yet',
    sortBy: ({ fixedInVersion }) => fixedInVersion,
  },
  {
    id: 'kind',
    header: 'Kind',
    cell: ({ packageFormat }) => packageFormat,
    sortBy: ({ packageFormat }) => packageFormat,
  },
  {
    id: 'accepted',
    header: 'Accepted',
    cell: ({ acceptance }) => (acceptance ? inWords(acceptance.status) : '-'),
  },
  {
    id: 'seen',
    header: 'First seen',
    cell: ({ firstObservedAt }) => <Moment at={firstObservedAt} />,
    sortBy: ({ firstObservedAt }) => firstObservedAt,
  },
]

/** Leads to the advisory's page elsewhere, when it is followed. */
function Name({ of: name }: { readonly of: string }): ReactNode {
  const page = advisoryPage(name)
  if (page === undefined) return name
  return (
    <Link href={page} external rel="noopener noreferrer">
      {name}
    </Link>
  )
}
