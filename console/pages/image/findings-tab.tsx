import Alert from '@cloudscape-design/components/alert'
import Button from '@cloudscape-design/components/button'
import Select from '@cloudscape-design/components/select'
import SpaceBetween from '@cloudscape-design/components/space-between'
import { type ReactNode, useState } from 'react'
import type { Finding } from '../../api/berth-operations.ts'
import { useAction } from '../../api/use-action.ts'
import { useBerth } from '../../api/use-clients.ts'
import { useFindings } from '../../api/use-image.ts'
import { usePages } from '../../api/use-pages.ts'
import { Empty } from '../../parts/empty.tsx'
import { Failure } from '../../parts/failure.tsx'
import { ResourceTable } from '../../parts/resource-table.tsx'
import { SeverityBadges, severities } from '../../parts/severity-counts.tsx'
import { findingColumns } from './finding-columns.tsx'

const all = { value: '', label: 'All severities' }
const choices = [
  all,
  ...severities.map((value) => ({ value, label: value.charAt(0) + value.slice(1).toLowerCase() })),
]

/** What scans found in an image, worst first, and a way to scan it now. */
export function FindingsTab({
  repository,
  digest,
}: {
  readonly repository: string
  readonly digest: string
}): ReactNode {
  const of = { repositoryName: repository, imageDigest: digest }
  const berth = useBerth()
  const [severity, setSeverity] = useState('')
  const { data } = useFindings(repository, digest)
  const pages = usePages<Finding>(['finding-pages', repository, digest, data?.state], async (nextToken) => {
    const page = await berth('DescribeFindings', { ...of, maxResults: 1000, nextToken })
    return { items: page.findings, nextToken: page.nextToken }
  })
  const scan = useAction(() => berth('ScanImage', { ...of, again: true }), {
    done: () => 'The scan has begun',
  })
  const isRunning = data?.state === 'IN_PROGRESS'
  const shown =
    severity === ''
      ? pages
      : { ...pages, items: pages.items.filter((finding) => finding.severity === severity) }
  return (
    <SpaceBetween size="m">
      <Failure error={scan.error} />
      {data?.state === 'FAILED' && (
        <Alert type="warning" header="The last scan failed">
          {data.images.find(({ status }) => status !== 'COMPLETE' && status !== 'ACTIVE')?.description ??
            'The log of the server says why.'}
        </Alert>
      )}
      <ResourceTable
        title="Vulnerabilities"
        description={data && <SeverityBadges counts={data.severityCounts} />}
        pages={shown}
        columns={findingColumns}
        idOf={({ vulnerabilityName, packageName, packageVersion }) =>
          [vulnerabilityName, packageName, packageVersion].join(' ')
        }
        textOf={({ vulnerabilityName, packageName }) => `${vulnerabilityName} ${packageName}`}
        filters={
          <Select
            selectedOption={choices.find(({ value }) => value === severity) ?? all}
            options={choices}
            ariaLabel="Severity"
            onChange={({ detail }) => setSeverity(detail.selectedOption.value ?? '')}
          />
        }
        empty={<Nothing state={data?.state} />}
        actions={() => (
          <Button
            loading={scan.isPending || isRunning}
            loadingText="Scanning"
            onClick={() => scan.mutate(undefined)}
          >
            Scan now
          </Button>
        )}
      />
    </SpaceBetween>
  )
}

function Nothing({ state }: { readonly state: string | undefined }): ReactNode {
  if (state === 'COMPLETE')
    return <Empty title="Nothing found" next="No advisory that Berth has speaks of what is in this image." />
  if (state === 'IN_PROGRESS') return <Empty title="The scan runs" />
  return (
    <Empty
      title="Not scanned yet"
      next="“Scan now” does it once; scan on push does it always. What is known of vulnerabilities comes from:"
      command="npx berth advisories update"
    />
  )
}
