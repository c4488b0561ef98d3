import { ReceiptHandleInvalidError } from '../../core/queues/errors.ts'
import type { QueueMessage } from '../../core/queues/queue.ts'
import type { Receipt } from '../../stores/metadata/queues.ts'

/** What proves that somebody has received a message. */
export function writeReceipt({ id, handle }: QueueMessage): string {
  return Buffer.from(`${id} ${handle}`).toString('base64')
}

/** @throws ReceiptHandleInvalidError */
export function readReceipt(text: string): Receipt {
  const [, id, handle] = /^(\d{1,15}) ([0-9a-f-]{36})$/.exec(Buffer.from(text, 'base64').toString()) ?? []
  if (id === undefined || handle === undefined) throw new ReceiptHandleInvalidError(text)
  return { id: Number(id), handle }
}
