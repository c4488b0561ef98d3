import type { ReactNode } from 'react'

/** The label of a field that may stay empty. */
export function Optional({ children }: { readonly children: string }): ReactNode {
  return (
    <span>
      {children} <i>- optional</i>
    </span>
  )
}
