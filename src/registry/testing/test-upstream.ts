import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http'
import { startUpstream, type Upstream } from '../../outbound/testing/upstream.ts'
import { bytesOf, digestOfBytes, imageType, type TestManifest } from './test-images.ts'

/** A registry of another kind, over HTTP, whose answers a test can bend. */
export interface TestUpstream extends Upstream {
  /** Host and port. */
  readonly host: string
  /** What was asked, as `GET /v2/...`, in order. */
  readonly asked: string[]
  /** Bytes that it answers, by path. */
  readonly content: Map<string, Uint8Array>
  /** Called before anything is answered; true when it has answered. */
  bend: (request: IncomingMessage, response: ServerResponse) => boolean | Promise<boolean>
  /** Puts a manifest under a reference and its digest, and blobs under theirs. */
  publish(repository: string, reference: string, manifest: TestManifest, blobs?: readonly string[]): void
}

export async function startTestUpstream(): Promise<TestUpstream> {
  const state: Pick<TestUpstream, 'asked' | 'content' | 'bend'> = {
    asked: [],
    content: new Map(),
    bend: () => false,
  }
  const upstream = await startUpstream(answerFrom(state))
  return Object.assign(state, upstream, {
    host: upstream.url.host,
    publish(
      repository: string,
      reference: string,
      { content, digest }: TestManifest,
      blobs: readonly string[] = [],
    ) {
      for (const name of [reference, digest])
        state.content.set(`/v2/${repository}/manifests/${name}`, content)
      for (const blob of blobs.map(bytesOf)) {
        state.content.set(`/v2/${repository}/blobs/${digestOfBytes(blob)}`, blob)
      }
    },
  })
}

function answerFrom(state: Pick<TestUpstream, 'asked' | 'content' | 'bend'>): RequestListener {
  return async (request, response) => {
    const { method = '', url = '' } = request
    state.asked.push(`${method} ${url}`)
    if (await state.bend(request, response)) return
    const content = state.content.get(url)
    if (content === undefined) {
      response.writeHead(404).end()
      return
    }
    const headers = url.includes('/manifests/') ? manifestHeaders(content) : {}
    response.writeHead(200, { 'content-length': content.byteLength, ...headers })
    response.end(method === 'HEAD' ? undefined : content)
  }
}

function manifestHeaders(content: Uint8Array) {
  return { 'content-type': typeOf(content), 'docker-content-digest': digestOfBytes(content) }
}

function typeOf(content: Uint8Array): string {
  const document: unknown = JSON.parse(Buffer.from(content).toString('utf8'))
  const isNamed = typeof document === 'object' && document !== null && 'mediaType' in document
  return isNamed && typeof document.mediaType === 'string' ? document.mediaType : imageType
}
