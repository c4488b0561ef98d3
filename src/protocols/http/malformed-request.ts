import type { Duplex } from 'node:stream'

const statusByCode: Readonly<Record<string, string>> = {
  ERR_HTTP_REQUEST_TIMEOUT: '408 Request Timeout',
  HPE_HEADER_OVERFLOW: '431 Request Header Fields Too Large',
  HPE_CHUNK_EXTENSIONS_OVERFLOW: '413 Payload Too Large',
}

/**
 * Answers bytes that are no HTTP request, as far as the connection can still carry an answer, and closes it. `answering` says
 * whether a request on this connection is being answered, into which nothing may be mixed.
 */
export function refuseMalformedRequest(error: Error, socket: Duplex, answering: boolean): void {
  if (!socket.writable || answering) return void socket.destroy()
  const status = ('code' in error && statusByCode[String(error.code)]) || '400 Bad Request'
  const text = `${status}\n`
  socket.end(
    `HTTP/1.1 ${status}\r\nDate: ${new Date().toUTCString()}\r\nConnection: close\r\n` +
      `Content-Type: text/plain; charset=utf-8\r\nContent-Length: ${text.length}\r\n\r\n${text}`,
  )
}
