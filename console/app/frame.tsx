import AppLayout from '@cloudscape-design/components/app-layout'
import BreadcrumbGroup from '@cloudscape-design/components/breadcrumb-group'
import { type ReactNode, Suspense, useEffect } from 'react'
import { useLocation } from 'wouter'
import { Loading } from '../parts/loading.tsx'
import { crumbsOf, titleOf } from './crumbs.ts'
import { NoticeBar } from './notices.tsx'
import { PageBoundary } from './page-boundary.tsx'
import { Routes } from './routes.tsx'
import { SideMenu } from './side-menu.tsx'
import { TopBar } from './top-bar.tsx'
import { useFollow } from './use-follow.ts'

/** What is around each page. */
export function Frame(): ReactNode {
  const [path] = useLocation()
  const follow = useFollow()
  const crumbs = crumbsOf(path)
  const title = titleOf(crumbs)
  useEffect(() => {
    document.title = title
  }, [title])
  return (
    <>
      <div id="top-bar" className="top-bar">
        <TopBar />
      </div>
      <AppLayout
        headerSelector="#top-bar"
        toolsHide
        navigationWidth={230}
        navigation={<SideMenu />}
        notifications={<NoticeBar />}
        breadcrumbs={<BreadcrumbGroup items={[...crumbs]} onFollow={follow} />}
        content={
          <PageBoundary>
            <Suspense fallback={<Loading />}>
              <Routes />
            </Suspense>
          </PageBoundary>
        }
      />
    </>
  )
}
