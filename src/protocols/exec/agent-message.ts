import { createHash, randomUUID } from 'node:crypto'

/** Kinds of payload. @see github.com/aws/session-manager-plugin, src/message/clientmessage.go */
export const payloadTypes = {
  output: 1,
  size: 3,
  handshakeRequest: 5,
  handshakeResponse: 6,
  handshakeComplete: 7,
  flag: 10,
  exitCode: 12,
} as const

/** A message of the data channel between a client of Systems Manager's sessions and its agent. */
export interface AgentMessage {
  readonly type: string
  readonly sequence: number
  /** A UUID. */
  readonly id: string
  readonly payloadType: number
  readonly payload: Buffer
}

const headerLength = 116
const typeLength = 32

/** What is no such message. */
export class AgentMessageError extends Error {
  override readonly name = 'AgentMessageError'
}

/** A message that nobody has got yet. */
export function newMessage(facts: Omit<AgentMessage, 'id'>): AgentMessage {
  return { ...facts, id: randomUUID() }
}

export function writeMessage({ type, sequence, id, payloadType, payload }: AgentMessage, at: Date): Buffer {
  const bytes = Buffer.alloc(headerLength + 4 + payload.length)
  bytes.writeUInt32BE(headerLength, 0)
  bytes.write(type.padEnd(typeLength, ' '), 4, 'latin1')
  bytes.writeUInt32BE(1, 36)
  bytes.writeBigUInt64BE(BigInt(at.getTime()), 40)
  bytes.writeBigInt64BE(BigInt(sequence), 48)
  swapHalves(Buffer.from(id.replaceAll('-', ''), 'hex')).copy(bytes, 64)
  createHash('sha256').update(payload).digest().copy(bytes, 80)
  bytes.writeUInt32BE(payloadType, 112)
  bytes.writeUInt32BE(payload.length, headerLength)
  payload.copy(bytes, headerLength + 4)
  return bytes
}

/** @throws AgentMessageError for what is too short, or isn't what its hash says */
export function readMessage(bytes: Buffer): AgentMessage {
  if (bytes.length < headerLength + 4) throw new AgentMessageError('The message is too short')
  const start = bytes.readUInt32BE(0) + 4
  if (start > bytes.length) throw new AgentMessageError('The message is shorter than its header says')
  const payload = bytes.subarray(start)
  const digest = createHash('sha256').update(payload).digest()
  if (payload.length > 0 && !digest.equals(bytes.subarray(80, 112))) {
    throw new AgentMessageError('The payload is not what its hash says')
  }
  return {
    type: bytes.toString('latin1', 4, 4 + typeLength).replaceAll(/[\0 ]/g, ''),
    sequence: Number(bytes.readBigInt64BE(48)),
    id: uuidOf(swapHalves(bytes.subarray(64, 80))),
    payloadType: bytes.readUInt32BE(112),
    payload,
  }
}

/** The lower half of an id stands first. */
function swapHalves(id: Buffer): Buffer {
  return Buffer.concat([id.subarray(8), id.subarray(0, 8)])
}

function uuidOf(bytes: Buffer): string {
  return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
}

/** What tells the other side that a message has come. */
export function acknowledgement({ type, id, sequence }: AgentMessage): AgentMessage {
  const content = {
    AcknowledgedMessageType: type,
    AcknowledgedMessageId: id,
    AcknowledgedMessageSequenceNumber: sequence,
    IsSequentialMessage: true,
  }
  const payload = Buffer.from(JSON.stringify(content))
  return newMessage({ type: 'acknowledge', sequence: 0, payloadType: 0, payload })
}
