import { once } from 'node:events'
import { createServer, type IncomingHttpHeaders } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'

/** One request that a web hook got. */
export interface Posted {
  readonly method: string
  readonly url: string
  readonly headers: IncomingHttpHeaders
  readonly body: string
}

export interface HookAnswer {
  readonly status: number
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string
}

/** A web hook of this test alone. */
export interface WebHook extends AsyncDisposable {
  readonly url: string
  readonly posted: readonly Posted[]
  /** What it answers from now on. */
  answer: (posted: Posted) => HookAnswer
}

/** Starts a web hook that takes whatever comes, until it is told otherwise. */
export async function startWebHook(): Promise<WebHook> {
  const posted: Posted[] = []
  const server = createServer(async (request, response) => {
    const { method = '', url = '', headers } = request
    const one = { method, url, headers, body: await text(request) }
    posted.push(one)
    const { status, headers: more, body } = hook.answer(one)
    response.writeHead(status, more).end(body)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  const hook: WebHook = {
    url: `http://127.0.0.1:${port}/hook`,
    posted,
    answer: () => ({ status: 200 }),
    async [Symbol.asyncDispose]() {
      server.close()
      server.closeAllConnections()
    },
  }
  return hook
}
