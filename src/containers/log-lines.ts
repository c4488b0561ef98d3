import type { LogLine } from './engine.ts'
import { textLines } from './text-lines.ts'

/** Bytes before each piece of output: which stream it is of, and how many follow. */
const headerBytes = 8
/** Characters of a line that is handed on before it has ended. */
const longestLine = 256 * 1024

interface Output {
  /** The container has a terminal: one stream of text, without anything between. */
  readonly isRaw: boolean
  /** The container has ended, and no line that is still open goes on. */
  readonly hasEnded: boolean
}

/**
 * Reads a container's output as the engine tells it, each piece with its time before it. A line that comes in pieces has the time of its
 * first; one that goes on and on is cut.
 *
 * @see Docker Engine API, ContainerAttach, "Stream format"
 */
export async function* logLines(
  output: AsyncIterable<Uint8Array>,
  { isRaw, hasEnded }: Output,
): AsyncGenerator<LogLine> {
  const open = new Map<number, LogLine>()
  for await (const { stream, text } of isRaw ? rawPieces(output, hasEnded) : framedPieces(output)) {
    const space = text.indexOf(' ')
    const begun = open.get(stream)
    const at = begun?.at ?? text.slice(0, space)
    const message = `${begun?.message ?? ''}${text.slice(space + 1)}`
    open.delete(stream)
    if (message.endsWith('\n')) yield { at, message: message.replace(/\r?\n$/, '') }
    else if (message.length >= longestLine) yield { at, message }
    else open.set(stream, { at, message })
  }
  if (hasEnded) yield* open.values()
}

interface Piece {
  readonly stream: number
  readonly text: string
}

async function* framedPieces(output: AsyncIterable<Uint8Array>): AsyncGenerator<Piece> {
  let waiting = Buffer.alloc(0)
  for await (const chunk of output) {
    waiting = waiting.length === 0 ? Buffer.from(chunk) : Buffer.concat([waiting, chunk])
    while (waiting.length >= headerBytes) {
      const end = headerBytes + waiting.readUInt32BE(4)
      if (waiting.length < end) break
      yield { stream: waiting.readUInt8(0), text: waiting.toString('utf8', headerBytes, end) }
      waiting = waiting.subarray(end)
    }
  }
}

async function* rawPieces(output: AsyncIterable<Uint8Array>, hasEnded: boolean): AsyncGenerator<Piece> {
  let time = ''
  for await (const line of textLines(output, longestLine, hasEnded)) {
    const [begin] = /^\S+Z /.exec(line) ?? []
    time = begin ?? time
    yield { stream: 1, text: `${begin === undefined ? time : ''}${line}\n` }
  }
}
