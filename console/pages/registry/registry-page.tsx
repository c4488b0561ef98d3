import ContentLayout from '@cloudscape-design/components/content-layout'
import Header from '@cloudscape-design/components/header'
import Tabs from '@cloudscape-design/components/tabs'
import type { ReactNode } from 'react'
import { useLocation } from 'wouter'
import { paths } from '../../app/paths.ts'
import { AccountTab } from './account-tab.tsx'
import { PullThroughTab } from './pull-through-tab.tsx'
import { RegistryPolicyTab } from './registry-policy-tab.tsx'
import { ReplicationTab } from './replication-tab.tsx'
import { ScanningTab } from './scanning-tab.tsx'
import { TemplatesTab } from './templates-tab.tsx'

/** What holds for all repositories of the registry. */
export function RegistryPage({ tab = 'scanning' }: { readonly tab?: string }): ReactNode {
  const [, go] = useLocation()
  return (
    <ContentLayout header={<Header variant="h1">Registry settings</Header>}>
      <Tabs
        activeTabId={tab}
        onChange={({ detail }) => go(paths.registry(detail.activeTabId))}
        tabs={[
          { id: 'scanning', label: 'Scanning', content: <ScanningTab /> },
          { id: 'replication', label: 'Replication', content: <ReplicationTab /> },
          { id: 'pull-through', label: 'Pull through cache', content: <PullThroughTab /> },
          { id: 'templates', label: 'Creation templates', content: <TemplatesTab /> },
          { id: 'permissions', label: 'Permissions', content: <RegistryPolicyTab /> },
          { id: 'account', label: 'Account settings', content: <AccountTab /> },
        ]}
      />
    </ContentLayout>
  )
}
