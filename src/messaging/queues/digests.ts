import { createHash } from 'node:crypto'
import type { QueueMessageAttributes } from '../../core/queues/queue.ts'

/** The MD5 of a message's body, by which clients see that it arrived whole. */
export function digestOfBody(body: string): string {
  return createHash('md5').update(body).digest('hex')
}

/**
 * The MD5 of a message's attributes; undefined without any.
 *
 * @see Amazon SQS developer guide, "Calculating the MD5 message digest for message attributes"
 */
export function digestOfAttributes(attributes: QueueMessageAttributes): string | undefined {
  const names = Object.keys(attributes).toSorted()
  if (names.length === 0) return undefined
  const hash = createHash('md5')
  for (const name of names) {
    const { DataType: type = '', Value: value = '' } = attributes[name] ?? {}
    const isBinary = type.startsWith('Binary')
    for (const text of [name, type]) hash.update(withLength(Buffer.from(text)))
    hash.update(Buffer.from([isBinary ? 2 : 1]))
    hash.update(withLength(Buffer.from(value, isBinary ? 'base64' : 'utf8')))
  }
  return hash.digest('hex')
}

function withLength(bytes: Buffer): Buffer {
  const length = Buffer.alloc(4)
  length.writeUInt32BE(bytes.length)
  return Buffer.concat([length, bytes])
}
