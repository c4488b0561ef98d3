import type { AwsRequest } from '../aws-request.ts'

/**
 * The service that a request's credential scope names. Nothing has verified it yet: it helps to choose a service, which the
 * verified signature must then be for.
 */
export function scopeHint({ headers, query }: AwsRequest): string | undefined {
  const header = headers.one('authorization') ?? ''
  const credential =
    /Credential=([^,\s]+)/.exec(header)?.[1] ?? query.find(([name]) => name === 'X-Amz-Credential')?.[1]
  return credential?.split('/')[3]
}
