import { epochSeconds, regionOf } from './condition-values.ts'
import type { Circumstances } from './decision-cache.ts'

/**
 * What a condition key, in lower case, is at one request, as a text to compare with. All keys that aren't found here depend on who calls
 * and what it is done to alone, and are the same as long as those are.
 */
export function varyingValue(key: string, { permission, surroundings, now }: Circumstances): string {
  switch (key) {
    case 'aws:currenttime':
    case 'aws:epochtime':
      return String(epochSeconds(now))
    case 'aws:sourceip':
      return surroundings.sourceIp ?? ''
    case 'aws:securetransport':
      return String(surroundings.isSecure)
    case 'aws:useragent':
      return surroundings.userAgent ?? ''
    case 'aws:referer':
      return surroundings.referer ?? ''
    case 'aws:requestedregion':
      return regionOf(permission, surroundings) ?? ''
    default:
      return given(permission.context, key)
  }
}

function given(context: Circumstances['permission']['context'], key: string): string {
  if (context === undefined) return ''
  for (const name in context) {
    if (name.toLowerCase() === key) return JSON.stringify(context[name])
  }
  return ''
}
