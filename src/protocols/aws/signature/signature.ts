import { createHash, createHmac, timingSafeEqual } from 'node:crypto'
import { algorithm, type Claim } from './claim.ts'
import { formatStamp } from './request-time.ts'

type Dated = Pick<Claim, 'scope' | 'time'>

/**
 * The signature, as lower-case hex, that the owner of `secret` gives a canonical request.
 *
 * @see AWS IAM user guide, "Create a signed AWS API request", steps 3 to 5
 */
export function sign(secret: string, { scope, time }: Dated, canonicalRequest: string): string {
  const path = [scope.date, scope.region, scope.service, scope.terminator]
  const stringToSign = [algorithm, formatStamp(time), path.join('/'), sha256(canonicalRequest)].join('\n')
  const key = path.reduce(hmac, Buffer.from(`AWS4${secret}`))
  return hmac(key, stringToSign).toString('hex')
}

/** Compares in constant time; anything but 64 lower-case hex digits is no signature. */
export function isSameSignature(expected: string, received: string): boolean {
  if (!/^[0-9a-f]{64}$/.test(received)) return false
  return timingSafeEqual(Buffer.from(expected, 'hex'), Buffer.from(received, 'hex'))
}

/** Lower-case hex SHA-256. */
export function sha256(content: string | Uint8Array): string {
  return createHash('sha256').update(content).digest('hex')
}

function hmac(key: Buffer, text: string): Buffer {
  return createHmac('sha256', key).update(text).digest()
}
