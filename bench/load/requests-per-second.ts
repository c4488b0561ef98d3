import type { Server } from '../peers/server-process.ts'
import type { Scratch } from '../scratch.ts'
import { type GetLoad, getLoad } from './get-load.ts'
import { wrkLoad, wrkVersion } from './wrk.ts'

/** The client for many small answers, by name for the report. */
export interface SmallAnswersClient {
  readonly name: string
  /** Resolves to requests a second. */
  readonly measure: (scratch: Scratch, server: Server, load: GetLoad) => Promise<number>
}

/** wrk where it is installed, since it takes the least of the cores it shares with the server; else raw sockets. */
export function smallAnswersClient(): SmallAnswersClient {
  const version = wrkVersion()
  if (version !== undefined) return { name: `wrk ${version}, 1 thread`, measure: wrkLoad }
  return {
    name: 'raw sockets of Node (wrk is not installed)',
    measure: async (_scratch, server, load) => {
      const { requests, seconds } = await getLoad(server, load)
      return requests / seconds
    },
  }
}
