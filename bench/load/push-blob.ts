import type { Server } from '../peers/server-process.ts'
import { type Answer, exchange } from './exchange.ts'
import type { RandomBody } from './random-body.ts'

/**
 * How a blob's bytes travel after the POST that opens the upload: as Docker sends them (one PATCH, chunked, and a PUT
 * without a body), or in the closing PUT itself.
 *
 * @see distribution spec, "Pushing a blob monolithically" and "Pushing a blob in chunks"
 */
export type PushStyle = 'patch' | 'put'

const asDockerCopies = 32 * 1024
const large = 1024 * 1024

/** Resolves when the server has acknowledged the blob under its digest. @throws Error on any other answer */
export async function pushBlob(
  server: Server,
  repository: string,
  body: RandomBody,
  style: PushStyle,
): Promise<void> {
  const opened = await exchange(
    server,
    { method: 'POST', path: `/v2/${repository}/blobs/uploads/`, headers: { 'content-length': 0 } },
    202,
  )
  const closed = await (style === 'patch' ? patchThenPut : putAtOnce)(server, locationOf(opened), body)
  if (closed.headers['docker-content-digest'] !== body.digest) {
    throw new Error(`${server.name} stored ${body.digest} as ${closed.headers['docker-content-digest']}`)
  }
}

async function patchThenPut(server: Server, location: string, body: RandomBody): Promise<Answer> {
  const headers = { 'content-type': 'application/octet-stream' }
  const sent = await exchange(
    server,
    { method: 'PATCH', path: location, headers, body: body.pieces(asDockerCopies) },
    202,
  )
  const path = withDigest(locationOf(sent), body)
  return exchange(server, { method: 'PUT', path, headers: { 'content-length': 0 } }, 201)
}

function putAtOnce(server: Server, location: string, body: RandomBody): Promise<Answer> {
  const headers = { 'content-type': 'application/octet-stream', 'content-length': body.size }
  const path = withDigest(location, body)
  return exchange(server, { method: 'PUT', path, headers, body: body.pieces(large) }, 201)
}

function locationOf({ headers }: Answer): string {
  if (headers.location === undefined) throw new Error('The answer to an upload has no Location')
  return headers.location
}

function withDigest(location: string, body: RandomBody): string {
  return `${location}${location.includes('?') ? '&' : '?'}digest=${encodeURIComponent(body.digest)}`
}
