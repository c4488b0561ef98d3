import type { Messaging } from '../../messaging/messaging.ts'
import type { HttpDoor } from '../http/exchange.ts'
import { only } from '../http/only.ts'

const path = /^\/SimpleNotificationService-([0-9a-f]{32})\.pem$/

/** Whether a path is that of a certificate by which messages are verified. */
export function isSigningCertificate(text: string): boolean {
  return path.test(text)
}

/** Shows the certificates by which receivers verify messages. */
export function signingCertificate({ metadata }: Messaging): HttpDoor {
  return only(['GET', 'HEAD'], async ({ url }) => {
    const [, id = ''] = path.exec(url.split('?', 1)[0] ?? '') ?? []
    const key = await metadata.signingKeys.find(id)
    if (key === undefined) {
      return {
        status: 404,
        headers: { 'content-type': 'text/plain; charset=utf-8' },
        body: 'No such certificate\n',
      }
    }
    const headers = { 'content-type': 'application/x-pem-file', 'cache-control': 'public, max-age=86400' }
    return { status: 200, headers, body: key.certificate }
  })
}
