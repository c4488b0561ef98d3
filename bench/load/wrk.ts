import { once } from 'node:events'
import { text } from 'node:stream/consumers'
import { versionOf } from '../peers/installed.ts'
import type { Server } from '../peers/server-process.ts'
import type { Scratch } from '../scratch.ts'
import type { GetLoad } from './get-load.ts'

export function wrkVersion(): string | undefined {
  return versionOf('wrk', '-v')
}

/**
 * Requests a second as wrk counts them, on one thread, so that the server keeps the other core.
 *
 * @throws Error when wrk is not installed, or met an error or any status that isn't a success
 */
export async function wrkLoad(scratch: Scratch, server: Server, load: GetLoad): Promise<number> {
  const headers = Object.entries({ ...server.headers, ...load.headers })
  const child = scratch.spawn(
    'wrk',
    [
      ...['-t', '1', '-c', `${load.connections}`, '-d', `${load.seconds}s`],
      ...headers.flatMap(([name, value]) => ['-H', `${name}: ${value}`]),
      `http://${server.host}:${server.port}${load.path}`,
    ],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  )
  if (child.stdout === null) throw new Error('wrk has no output')
  const [report] = await Promise.all([text(child.stdout), once(child, 'close')])
  return parseWrk(report)
}

/** The rate in wrk's report. @throws Error when the report speaks of errors or has no rate */
export function parseWrk(report: string): number {
  const trouble = /^ *(Socket errors:.*|Non-2xx.*)$/m.exec(report)?.[1]
  if (trouble !== undefined) throw new Error(`wrk: ${trouble}`)
  const rate = /^Requests\/sec: +([\d.]+)$/m.exec(report)?.[1]
  if (rate === undefined) throw new Error(`wrk told no rate: ${report}`)
  return Number(rate)
}
