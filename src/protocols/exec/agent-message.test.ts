import fc from 'fast-check'
import { expect, test } from 'vitest'
import { AgentMessageError, newMessage, readMessage, writeMessage } from './agent-message.ts'

test('a message is read as it was written, and no other', () => {
  const bytes = fc.uint8Array({ maxLength: 300 }).map((content) => Buffer.from(content))
  const at = new Date('2026-03-01T08:00:00Z')
  fc.assert(
    fc.property(bytes, fc.nat(), fc.nat(20), (payload, sequence, payloadType) => {
      const message = newMessage({ type: 'output_stream_data', sequence, payloadType, payload })
      const written = writeMessage(message, at)
      expect(readMessage(written)).toEqual(message)
      if (payload.length === 0) return
      written[written.length - 1] = (written[written.length - 1] ?? 0) ^ 1
      expect(() => readMessage(written)).toThrow(AgentMessageError)
    }),
  )
  fc.assert(
    fc.property(bytes, (anything) => {
      expect(() => readMessage(anything)).toThrow(AgentMessageError)
    }),
  )
})
