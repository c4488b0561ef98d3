import { useLocation } from 'wouter'

interface Followed {
  preventDefault(): void
  readonly detail: { readonly href?: string; readonly external?: boolean }
}

/** Follows a link of Cloudscape inside the page; links elsewhere are the browser's. */
export function useFollow(): (event: Followed) => void {
  const [, go] = useLocation()
  return (event) => {
    const { href, external } = event.detail
    if (external || href === undefined || !href.startsWith('/console/')) return
    event.preventDefault()
    go(href.slice('/console'.length))
  }
}
