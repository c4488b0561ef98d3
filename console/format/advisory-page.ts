/** Where people read about a vulnerability; undefined for a name that isn't an identifier of a known kind. */
export function advisoryPage(name: string): string | undefined {
  if (/^CVE-\d{4}-\d{4,}$/.test(name)) return `https://www.cve.org/CVERecord?id=${name}`
  if (/^[A-Z][A-Z0-9]*(-[A-Za-z0-9:.]+)+$/.test(name))
    return `https://osv.dev/vulnerability/${encodeURIComponent(name)}`
  return undefined
}
