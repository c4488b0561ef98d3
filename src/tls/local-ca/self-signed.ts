import type { KeyObject } from 'node:crypto'
import { signCertificate } from './certificate.ts'

const day = 24 * 60 * 60 * 1000
/** Readers may be behind by this much. */
const backdating = day
const lifetime = 3650 * day

/** A certificate in PEM that says no more than whose key it is, signed by that key; it lives ten years. */
export function selfSignedCertificate(content: {
  readonly subject: string
  readonly key: KeyObject
  readonly now: Date
}): string {
  const { subject, key, now } = content
  const notBefore = new Date(now.getTime() - backdating)
  const notAfter = new Date(now.getTime() + lifetime)
  return signCertificate({ subject, key, notBefore, notAfter, extensions: [] }, key)
}
