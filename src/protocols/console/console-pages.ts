import type { Log } from '../../observability/log.ts'
import type { HttpDoor, HttpRequest, HttpResponse } from '../http/exchange.ts'
import { buildConsole } from './build-console.ts'
import { type ConsoleFile, readConsoleFiles } from './console-files.ts'
import { type ConsoleFolder, findConsoleFolder, mustBeBuilt } from './console-folder.ts'
import { consolePrefix } from './console-prefix.ts'
import { sendFile } from './send-file.ts'
import { askAgain, beingBuilt, notBuilt, waitingScript } from './waiting-page.ts'

type Files = ReadonlyMap<string, ConsoleFile>

const assets = 'assets/'

/** Serves the console's files; in a clone, builds them first if they are missing or older than their sources. */
export class ConsolePages {
  readonly #folder = findConsoleFolder()
  readonly #log: Log
  readonly #now: () => Date
  #files: Promise<Files> | undefined
  #ready: Files | undefined
  #startedAt = 0
  #lookedAt = 0
  #failure: string | undefined

  constructor(log: Log, now: () => Date) {
    this.#log = log
    this.#now = now
  }

  readonly door: HttpDoor = async (request) => {
    if (request.url === consolePrefix + waitingScript) return askAgain
    this.#files ??= this.#open()
    // What is built already is there at once; a build is not waited for.
    const files = this.#ready ?? (await Promise.race([this.#files.catch(() => undefined), this.#soon()]))
    if (this.#failure !== undefined) return notBuilt(this.#failure)
    if (files === undefined) return beingBuilt(Math.round((this.#now().getTime() - this.#startedAt) / 1000))
    return answer(request, files) ?? answer(request, await this.#lookAgain()) ?? notFound
  }

  /** Another server of this clone may have built the console anew. */
  async #lookAgain(): Promise<Files> {
    const { built, clone } = this.#folder
    const now = this.#now().getTime()
    if (clone === undefined || this.#ready === undefined || now < this.#lookedAt + lookingPause) return none
    this.#lookedAt = now
    this.#ready = await readConsoleFiles(built)
    return this.#ready
  }

  async #open(): Promise<Files> {
    this.#startedAt = this.#now().getTime()
    try {
      const { built, clone } = this.#folder
      if (await mustBeBuilt(this.#folder)) await this.#build(built, clone)
      this.#ready = await readConsoleFiles(built)
      return this.#ready
    } catch (err) {
      this.#log.error({ err }, 'The console could not be built')
      this.#failure ??= 'The console could not be built: the log of the server says why.'
      throw err
    }
  }

  async #build(built: ConsoleFolder['built'], clone: ConsoleFolder['clone']): Promise<void> {
    if (clone === undefined) {
      this.#failure = 'The console is not built here. In Berth’s folder: npm ci && npm run build'
      throw new Error(this.#failure)
    }
    this.#log.info({}, 'Building the console, which is done once')
    await buildConsole(clone, built, () => mustBeBuilt(this.#folder))
    this.#log.info({ seconds: (this.#now().getTime() - this.#startedAt) / 1000 }, 'The console is built')
  }

  /** Long enough to look through the folder. */
  async #soon(): Promise<undefined> {
    const { setTimeout } = await import('node:timers/promises')
    return setTimeout(lookingTakes, undefined, { ref: false })
  }
}

const lookingTakes = 200
/** Milliseconds between two looks for what isn't there. */
const lookingPause = 1_000
const none: Files = new Map()

/** Every path that isn't an asset's is an address within the console, which its first page shows. */
function answer(request: HttpRequest, files: Files): Promise<HttpResponse> | undefined {
  const [path = ''] = request.url.split('?', 1)
  const name = path.slice(consolePrefix.length)
  const isAsset = name.startsWith(assets)
  const file = files.get(isAsset ? name : 'index.html')
  return file && sendFile(request, file, isAsset)
}

const notFound: HttpResponse = {
  status: 404,
  headers: { 'content-type': 'text/plain; charset=utf-8', 'cache-control': 'no-store' },
  body: '404 page not found\n',
}
