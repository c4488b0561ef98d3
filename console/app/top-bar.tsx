import TopNavigation from '@cloudscape-design/components/top-navigation'
import { type ReactNode, useState } from 'react'
import { useAnswer } from '../api/use-answer.ts'
import { useBerth } from '../api/use-clients.ts'
import { offeredRegions } from '../session/regions.ts'
import { useSignedIn } from '../session/session-context.tsx'
import logo from './logo.svg'
import { paths } from './paths.ts'
import { chooseTheme, preferredTheme } from './theme.ts'
import { useFollow } from './use-follow.ts'

/** Region, theme, account and the way out. */
export function TopBar(): ReactNode {
  const { session, changeRegion, signOut } = useSignedIn()
  const berth = useBerth()
  const server = useAnswer(['server'], () => berth('DescribeServer', {}))
  const [theme, setTheme] = useState(() =>
    preferredTheme(localStorage, matchMedia('(prefers-color-scheme: dark)').matches),
  )
  const follow = useFollow()
  const next = theme === 'dark' ? 'light' : 'dark'
  const regions = [...new Set([session.region, ...offeredRegions])]
  return (
    <TopNavigation
      identity={{
        href: `/console${paths.repositories}`,
        logo: { src: logo, alt: 'Berth' },
        onFollow: (event) =>
          follow({ preventDefault: () => event.preventDefault(), detail: { href: '/console/repositories' } }),
      }}
      utilities={[
        {
          type: 'button',
          iconName: 'light-dark',
          title: `Use ${next} colours`,
          ariaLabel: `Use ${next} colours`,
          onClick: () => {
            chooseTheme(localStorage, next)
            setTheme(next)
          },
        },
        {
          type: 'menu-dropdown',
          text: session.region,
          title: 'Region',
          items: regions.map((id) => ({ id, text: id })),
          onItemClick: ({ detail }) => changeRegion(detail.id),
        },
        {
          type: 'menu-dropdown',
          iconName: 'user-profile',
          text: server.data?.accountId ?? 'Account',
          description: session.accessKeyId,
          items: [
            ...(server.data ? [{ id: 'version', text: `Berth ${server.data.version}`, disabled: true }] : []),
            { id: 'sign-out', text: 'Sign out' },
          ],
          onItemClick: signOut,
        },
      ]}
    />
  )
}
