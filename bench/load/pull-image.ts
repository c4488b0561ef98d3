import { Agent, request } from 'node:http'
import type { Server } from '../peers/server-process.ts'
import { digestOf, manifestType } from './push-image.ts'

/** What a pull brought. */
export interface Pulled {
  readonly bytes: number
}

interface Descriptor {
  readonly digest: string
  readonly size: number
}

const layersAtOnce = 3

/**
 * Pulls an image as docker does: its manifest by tag, then config and layers, three at a time, on connections of its own that are kept.
 * Checks the manifest's digest and each blob's length.
 *
 * @throws Error on any answer but a 200, or one of another length
 */
export async function pullImage(
  server: Server,
  repository: string,
  wanted: { readonly tag: string; readonly digest: string },
): Promise<Pulled> {
  const agent = new Agent({ keepAlive: true, maxSockets: layersAtOnce })
  try {
    const get = (path: string, keep: boolean) => getOnce(server, agent, `/v2/${repository}/${path}`, keep)
    const { content } = await get(`manifests/${wanted.tag}`, true)
    if (digestOf(content) !== wanted.digest) throw new Error(`${server.name} gave another manifest`)
    const { config, layers }: { config: Descriptor; layers: Descriptor[] } = JSON.parse(content.toString())
    const sizes = await Promise.all(
      [config, ...layers].map(async ({ digest, size }) => {
        const { bytes } = await get(`blobs/${digest}`, false)
        if (bytes !== size) throw new Error(`${server.name} gave ${bytes} of ${size} bytes of ${digest}`)
        return bytes
      }),
    )
    return { bytes: sizes.reduce((sum, size) => sum + size, content.length) }
  } finally {
    agent.destroy()
  }
}

function getOnce(
  server: Server,
  agent: Agent,
  path: string,
  keep: boolean,
): Promise<{ readonly bytes: number; readonly content: Buffer }> {
  return new Promise((resolve, reject) => {
    const headers = { ...server.headers, accept: manifestType }
    const asked = request({ host: server.host, port: server.port, path, headers, agent })
    asked.once('error', reject).end()
    asked.once('response', (answer) => {
      const kept: Buffer[] = []
      let bytes = 0
      answer.on('data', (chunk: Buffer) => {
        bytes += chunk.length
        if (keep) kept.push(chunk)
      })
      answer.once('error', reject)
      answer.once('end', () => {
        if (answer.statusCode === 200) resolve({ bytes, content: Buffer.concat(kept) })
        else reject(new Error(`${server.name}: GET ${path} gave ${answer.statusCode}`))
      })
    })
  })
}
