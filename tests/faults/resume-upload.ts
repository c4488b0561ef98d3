import { finishUpload, type UploadInterruptedError } from '../support/push-image.ts'
import {
  locationOf,
  type RegistryAccess,
  send,
  sendExpecting,
  UnexpectedAnswerError,
} from '../support/registry-client.ts'

/**
 * Goes on with an upload where the server says it stands, to its end. Resolves to false when it is gone, which the
 * server must say clearly. @throws UnexpectedAnswerError
 */
export async function resumeUpload(
  access: RegistryAccess,
  { location, blob }: Pick<UploadInterruptedError, 'location' | 'blob'>,
): Promise<boolean> {
  const status = await send(access, 'GET', location)
  if (status.status === 404) return isClearlyGone(status)
  if (status.status !== 204) throw new UnexpectedAnswerError(location, status.status, await status.text())
  const received = receivedBytes(status)
  const body = new Uint8Array(blob.content.subarray(received))
  if (body.length === 0) await finishUpload(access, locationOf(status), blob)
  else {
    const headers = { 'content-range': `${received}-${blob.content.length - 1}` }
    const appended = await sendExpecting(202, access, 'PATCH', locationOf(status), { headers, body })
    await finishUpload(access, locationOf(appended), blob)
  }
  return true
}

async function isClearlyGone(answer: Response): Promise<false> {
  const body = await answer.text()
  if (body.includes('BLOB_UPLOAD_UNKNOWN')) return false
  throw new UnexpectedAnswerError('an upload that is gone', answer.status, body)
}

/** `Range: 0-9` means ten bytes; `0-0` means none, as a registry has no other way to say so. */
function receivedBytes(answer: Response): number {
  const last = Number(/^0-(\d+)$/.exec(answer.headers.get('range') ?? '')?.[1])
  return last === 0 ? 0 : last + 1
}
