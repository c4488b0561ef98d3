import SideNavigation, { type SideNavigationProps } from '@cloudscape-design/components/side-navigation'
import type { ReactNode } from 'react'
import { useLocation } from 'wouter'
import { paths } from './paths.ts'
import { useFollow } from './use-follow.ts'

const items: readonly SideNavigationProps.Item[] = [
  section('Private registry', [
    link('Repositories', paths.repositories),
    link('Scanning', paths.registry('scanning')),
    link('Replication', paths.registry('replication')),
    link('Pull through cache', paths.registry('pull-through')),
    link('Creation templates', paths.registry('templates')),
    link('Permissions', paths.registry('permissions')),
    link('Account settings', paths.registry('account')),
  ]),
  section('Container service', [link('Clusters', paths.clusters)]),
  section('Events', [
    link('Rules', paths.rules),
    link('Deliveries', paths.deliveries),
    link('Mailbox', paths.mailbox),
  ]),
  section('Governance', [link('Access', paths.access), link('Audit trail', paths.audit)]),
]

/** The pages there are. */
export function SideMenu(): ReactNode {
  const [path] = useLocation()
  const follow = useFollow()
  const areas = items.flatMap((item) => ('items' in item ? item.items : []))
  const active = areas.find((item) => 'href' in item && `/console${path}`.startsWith(item.href))
  return (
    <SideNavigation
      header={{ text: 'Berth', href: `/console${paths.repositories}` }}
      items={items}
      activeHref={active !== undefined && 'href' in active ? active.href : ''}
      onFollow={follow}
    />
  )
}

function section(text: string, inside: readonly SideNavigationProps.Item[]): SideNavigationProps.Section {
  return { type: 'section', text, items: inside }
}

function link(text: string, path: string): SideNavigationProps.Link {
  return { type: 'link', text, href: `/console${path}` }
}
