import Link from '@cloudscape-design/components/link'
import type { ReactNode } from 'react'
import { useFollow } from '../app/use-follow.ts'

/** A link to another page of the console. */
export function PageLink({ to, children }: { readonly to: string; readonly children: ReactNode }): ReactNode {
  const follow = useFollow()
  return (
    <Link href={`/console${to}`} onFollow={follow}>
      {children}
    </Link>
  )
}
