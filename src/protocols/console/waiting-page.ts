import { escapeHtml } from '../../core/escape-html.ts'
import type { HttpResponse } from '../http/exchange.ts'
import { consoleHeaders } from './console-headers.ts'
import { consolePrefix } from './console-prefix.ts'

/** Below `consolePrefix`: what the page loads to ask again. A `refresh` header wouldn't, where the address has a ticket after its #. */
export const waitingScript = 'waiting.js'

/** Loads the page anew in a second. */
export const askAgain: HttpResponse = {
  status: 200,
  headers: {
    ...consoleHeaders,
    'content-type': 'text/javascript; charset=utf-8',
    'cache-control': 'no-store',
  },
  body: 'setTimeout(() => location.reload(), 1000)\n',
}

/** What stands in the place of the console while it is built, and asks again each second. */
export function beingBuilt(seconds: number): HttpResponse {
  const words = `The console is being built, ${seconds} s. That is done once, and takes some seconds; the registry is ready meanwhile.`
  return page(words, `<script src="${consolePrefix}${waitingScript}"></script>`)
}

/** What stands there when it can't be built. */
export function notBuilt(why: string): HttpResponse {
  return page(why, '')
}

function page(words: string, script: string): HttpResponse {
  return {
    status: 503,
    headers: {
      ...consoleHeaders,
      'content-type': 'text/html; charset=utf-8',
      'cache-control': 'no-store',
    },
    body: `<!doctype html>\n<html lang="en">\n<meta charset="utf-8">\n<title>Berth</title>\n<h1>Berth</h1>\n<p role="status">${escapeHtml(words)}</p>\n${script}\n</html>\n`,
  }
}
