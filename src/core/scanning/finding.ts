import type { Vulnerability } from './find-vulnerabilities.ts'

/** A vulnerability that a scan has found, and since when it is known of the image. */
export interface Finding extends Vulnerability {
  /** Milliseconds since 1970. */
  readonly firstObservedAt: number
}

/** What makes a vulnerability of an image the same one in the next scan. */
export function findingKey({ name, format, packageName }: Vulnerability): string {
  return JSON.stringify([name, format, packageName])
}
