import Alert from '@cloudscape-design/components/alert'
import Button from '@cloudscape-design/components/button'
import ErrorBoundary from '@cloudscape-design/components/error-boundary'
import type { ReactNode } from 'react'
import { useLocation } from 'wouter'

/** Keeps the menu and what is around a page when the page fails; another page is tried anew. */
export function PageBoundary({ children }: { readonly children: ReactNode }): ReactNode {
  const [path] = useLocation()
  return (
    <ErrorBoundary
      key={path}
      onError={({ error }) => console.error(error)}
      renderFallback={() => <PageFailure />}
      suppressNested
    >
      {children}
    </ErrorBoundary>
  )
}

/** Mostly it is the page's script that couldn't be had. An upgrade gives scripts new names, which a reload learns. */
function PageFailure(): ReactNode {
  return (
    <Alert
      type="error"
      header="This page could not be shown"
      action={<Button onClick={() => location.reload()}>Reload</Button>}
    >
      Berth doesn’t answer, or is another version since this tab was opened. Check that it runs, then reload.
    </Alert>
  )
}
