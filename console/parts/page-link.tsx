import Link from '@cloudscape-design/components/link'
import type { ReactNode } from 'react'
import { useFollow } from '../app/use-follow.ts'

/** A link to another page of the console. A text that is cut for want of room is shown whole under the pointer. */
export function PageLink({ to, children }: { readonly to: string; readonly children: ReactNode }): ReactNode {
  const follow = useFollow()
  return (
    <span title={typeof children === 'string' ? children : undefined}>
      <Link href={`/console${to}`} onFollow={follow}>
        {children}
      </Link>
    </span>
  )
}
