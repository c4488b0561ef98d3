import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, realpath, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, extname, join } from 'node:path'
import type { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { fileURLToPath } from 'node:url'
import { type LayerLimits, layerLimits } from './limits.ts'
import { pathOnly } from './network-isolation.ts'
import { parseWorkerAnswer, type WorkerAnswer, writeWorkerTask } from './worker-messages.ts'

/** The worker's code has the ending of this file: `.ts` in the source, `.mjs` once built. */
const ending = extname(import.meta.url)
const workerFile = fileURLToPath(new URL(`./worker${ending}`, import.meta.url))
/** All that the worker may read: the code itself, which lies in one folder once it is built. */
const codeFolder = join(dirname(workerFile), ending === '.ts' ? '../..' : '.')
const readable = [join(codeFolder, '*'), join(dirname(codeFolder), 'package.json')]

/** The worker ended without an answer: a fault of Berth's, or a layer that broke it. */
export class LayerWorkerError extends Error {
  override readonly name = 'LayerWorkerError'
}

export interface LayerWorkerOptions {
  readonly signal: AbortSignal
  readonly limits?: LayerLimits
  /** What `findNetworkIsolation` has found. */
  readonly isolation?: readonly string[]
}

/**
 * Has a layer read by a process of its own, which has no environment, may read nothing but its code, write nowhere but into an empty
 * folder, start nothing, has no network where the system can take it away, and is killed when it takes too long. A layer that is broken or beyond a limit is unreadable.
 *
 * @param layer the bytes as they are stored; destroyed at the end
 * @throws LayerWorkerError, what the layer's stream throws, the signal's reason
 */
export async function readLayerApart(
  layer: Readable,
  { signal, limits = layerLimits, isolation = [] }: LayerWorkerOptions,
): Promise<WorkerAnswer> {
  const folder = await realpath(await mkdtemp(join(tmpdir(), `berth-scan-${process.pid}-`)))
  try {
    signal.throwIfAborted()
    return await readIn(folder, layer, { signal, limits, isolation })
  } finally {
    layer.destroy()
    await rm(folder, { recursive: true, force: true })
  }
}

async function readIn(
  folder: string,
  layer: Readable,
  { signal, limits, isolation }: Required<LayerWorkerOptions>,
): Promise<WorkerAnswer> {
  const timeUp = AbortSignal.timeout(limits.milliseconds)
  const worker = spawnWorker(folder, limits, isolation)
  const stop = () => worker.kill('SIGKILL')
  const either = AbortSignal.any([signal, timeUp])
  either.addEventListener('abort', stop)
  try {
    const [answer] = await Promise.all([answerOf(worker, limits), feed(worker, layer)])
    return answer
  } catch (error) {
    signal.throwIfAborted()
    if (timeUp.aborted) return { unreadable: 'A layer takes too long to read' }
    throw error
  } finally {
    either.removeEventListener('abort', stop)
    stop()
  }
}

function spawnWorker(folder: string, limits: LayerLimits, isolation: readonly string[]): ChildProcess {
  const task = writeWorkerTask({ limits, folder })
  const node = [process.execPath, ...workerFlags(folder, limits), workerFile, task]
  const [program = '', ...args] = [...isolation, ...node]
  return spawn(program, args, { env: isolation.length === 0 ? {} : pathOnly, cwd: folder, stdio: 'pipe' })
}

/** What keeps Node from doing more than reading its code and using the folder. */
export function workerFlags(folder: string, { heapMebibytes }: Pick<LayerLimits, 'heapMebibytes'>): string[] {
  const own = join(folder, '*')
  return [
    '--permission',
    ...[...readable, own].map((path) => `--allow-fs-read=${path}`),
    `--allow-fs-write=${own}`,
    `--max-old-space-size=${heapMebibytes}`,
    '--no-warnings',
  ]
}

/** A worker that has seen enough closes its end, which is no fault of the layer's bytes. */
async function feed(worker: ChildProcess, layer: Readable): Promise<void> {
  if (worker.stdin === null) return
  try {
    await pipeline(layer, worker.stdin)
  } catch (error) {
    const isClosed = error instanceof Error && 'code' in error && closedCodes.has(String(error.code))
    if (isClosed) return
    worker.kill('SIGKILL')
    throw error
  }
}

const closedCodes = new Set(['EPIPE', 'ECONNRESET', 'ERR_STREAM_PREMATURE_CLOSE'])

async function answerOf(worker: ChildProcess, limits: LayerLimits): Promise<WorkerAnswer> {
  const [output, complaints, [code, killedBy]] = await Promise.all([
    textOf(worker.stdout, limits.textBytes),
    textOf(worker.stderr, 64 * 1024),
    once(worker, 'close'),
  ])
  if (code !== 0 || output === undefined) {
    const how = killedBy === null ? `with status ${code}` : `by ${killedBy}`
    throw new LayerWorkerError(
      `The process that reads a layer ended ${how}: ${complaints?.slice(-2_000) ?? ''}`,
    )
  }
  return parseWorkerAnswer(output)
}

/** Undefined when there is more than that; it is read to its end nevertheless, so that its writer ends. */
async function textOf(stream: Readable | null, most: number): Promise<string | undefined> {
  const pieces: Buffer[] = []
  let size = 0
  for await (const piece of stream ?? []) {
    size += piece.length
    if (size <= most) pieces.push(piece)
  }
  return size > most ? undefined : Buffer.concat(pieces).toString('utf8')
}
