import { Readable, type Transform } from 'node:stream'
import { createGunzip, createZstdDecompress } from 'node:zlib'
import { type LayerLimits, UnreadableLayerError } from './limits.ts'

const gzipMagic = Buffer.from([0x1f, 0x8b])
const zstdMagic = Buffer.from([0x28, 0xb5, 0x2f, 0xfd])

/**
 * A layer's bytes unpacked: gzip, zstd, or as they are. The bytes decide, not what the manifest calls them, as with container engines.
 *
 * @throws UnreadableLayerError when they can't be unpacked, or become too many
 */
export async function* unpackLayer(
  layer: AsyncIterable<Buffer>,
  limits: LayerLimits,
): AsyncGenerator<Buffer> {
  const guard = new UnpackingGuard(limits)
  const chunks = layer[Symbol.asyncIterator]()
  const first = await firstChunk(chunks)
  const packed = Readable.from(counted(first, chunks, guard))
  const unpacker = unpackerFor(first)
  for await (const chunk of unpacker === undefined ? packed : unpackedBy(unpacker, packed)) {
    guard.gave(chunk.length)
    yield chunk
  }
}

async function firstChunk(chunks: AsyncIterator<Buffer>): Promise<Buffer> {
  let first = Buffer.alloc(0)
  while (first.length < zstdMagic.length) {
    const { done, value } = await chunks.next()
    if (done) break
    first = Buffer.concat([first, value])
  }
  return first
}

async function* counted(
  first: Buffer,
  chunks: AsyncIterator<Buffer>,
  guard: UnpackingGuard,
): AsyncGenerator<Buffer> {
  guard.took(first.length)
  if (first.length > 0) yield first
  for (let next = await chunks.next(); !next.done; next = await chunks.next()) {
    guard.took(next.value.length)
    yield next.value
  }
}

function unpackerFor(first: Buffer): Transform | undefined {
  if (first.subarray(0, gzipMagic.length).equals(gzipMagic)) return createGunzip()
  return first.subarray(0, zstdMagic.length).equals(zstdMagic) ? createZstdDecompress() : undefined
}

async function* unpackedBy(unpacker: Transform, packed: Readable): AsyncGenerator<Buffer> {
  packed.on('error', (error) => unpacker.destroy(error))
  try {
    yield* packed.pipe(unpacker)
  } catch (cause) {
    throw isZlibError(cause) ? new UnreadableLayerError("A layer can't be unpacked", { cause }) : cause
  }
}

function isZlibError(error: unknown): boolean {
  return (
    error instanceof Error && 'code' in error && /^(?:Z_|ZSTD_|ERR_ZSTD|ERR_ZLIB)/.test(String(error.code))
  )
}

/** Counts what goes in and what comes out, and refuses what is a bomb. */
class UnpackingGuard {
  readonly #limits: LayerLimits
  #packed = 0
  #unpacked = 0

  constructor(limits: LayerLimits) {
    this.#limits = limits
  }

  took(bytes: number): void {
    this.#packed += bytes
  }

  gave(bytes: number): void {
    this.#unpacked += bytes
    const { bytes: most, ratio, ratioFrom } = this.#limits
    if (this.#unpacked > most) throw new UnreadableLayerError('A layer is too large to read')
    if (this.#unpacked > ratioFrom && this.#unpacked > ratio * this.#packed)
      throw new UnreadableLayerError('A layer unpacks to far more than it is')
  }
}
