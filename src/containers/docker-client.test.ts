import { once } from 'node:events'
import { createServer } from 'node:http'
import { type AddressInfo, createServer as createTcpServer } from 'node:net'
import { expect, onTestFinished, test, vi } from 'vitest'
import { DockerClient, DockerError } from './docker-client.ts'
import { EngineUnreachableError } from './engine.ts'
import { engineAddress } from './engine-address.ts'
import { engineThat } from './testing/engine-that.ts'

const info = { method: 'GET', path: '/info' } as const
const json = { 'content-type': 'application/json' }

test('an engine that goes away in the middle of an answer is told of, whoever reads', async () => {
  await using engine = await engineThat((response) => {
    response.writeHead(200, json).write('{"ID":"1"}\n{"ID":', () => response.destroy())
  })
  const { docker } = engine
  await expect(docker.ask(info)).rejects.toThrow(EngineUnreachableError)
  await expect(docker.follow(info)).rejects.toThrow(EngineUnreachableError)
  await expect(readAll(await docker.open(info))).rejects.toThrow(EngineUnreachableError)
})

test('what refuses is repeated in its own words, be it the engine or what stands before it', async () => {
  await using engine = await engineThat((response) => {
    response.writeHead(409, json).end('{"message":"in use"}')
  })
  const inUse = new DockerError(409, 'in use')
  for (const how of ['ask', 'find', 'follow', 'open', 'hijack'] as const)
    await expect(engine.docker[how](info)).rejects.toThrow(inUse)
  await using proxy = await engineThat((response) => response.writeHead(502).end('no route'))
  await expect(proxy.docker.ask(info)).rejects.toThrow('Error response from daemon: no route')
})

test('what is given up ends with its reason, and its connection', async () => {
  await using engine = await engineThat((response) => response.writeHead(200, json).write('{"ID":"1"}\n'))
  const stop = new AbortController()
  const following = engine.docker.follow({ ...info, signal: stop.signal }, { onLine: () => stop.abort() })
  await expect(following).rejects.toMatchObject({ name: 'AbortError' })
  const never = engine.docker.ask({ ...info, signal: AbortSignal.abort() })
  await expect(never).rejects.toMatchObject({ name: 'AbortError' })
  for await (const _ of await engine.docker.open(info)) break
  await engine.isLeft()
})

test.each([
  ['unix:///nowhere/docker.sock', 'ENOENT'],
  ['ssh://elsewhere', 'ssh -L'],
  ['tcp://127.0.0.1:1', 'ECONNREFUSED'],
])('the address of no engine is named, with what is wrong: %s', async (host, why) => {
  const docker = new DockerClient(engineAddress({ host, usualSockets: [] }))
  for (const how of ['ask', 'find', 'follow', 'open', 'hijack'] as const) {
    const failure = await docker[how](info).catch((error: unknown) => error)
    expect(failure).toBeInstanceOf(EngineUnreachableError)
    expect(String(failure)).toContain(why)
  }
})

test.each(['tcp://127.0.0.1:1', 'ssh://elsewhere', 'unix:///nowhere/docker.sock'])(
  'the address that was given is asked, whatever DOCKER_HOST says: %s',
  async (host) => {
    vi.stubEnv('DOCKER_HOST', host)
    onTestFinished(() => void vi.unstubAllEnvs())
    await using engine = await engineThat((response) => response.writeHead(200, json).end('{"ID":"1"}'))
    expect(await engine.docker.ask(info)).toEqual({ ID: '1' })
    const server = createServer((_request, response) => response.writeHead(200, json).end('{"ID":"2"}'))
    await once(server.listen(0, '127.0.0.1'), 'listening')
    const elsewhere = `tcp://127.0.0.1:${portOf(server)}`
    const docker = new DockerClient(engineAddress({ host: elsewhere, usualSockets: [] }))
    expect(await docker.ask(info)).toEqual({ ID: '2' })
    server.close()
  },
)

test('what is no engine at all is told of', async () => {
  const server = createTcpServer((socket) => socket.end('220 mail.example.com\r\n'))
  await once(server.listen(0, '127.0.0.1'), 'listening')
  const host = `tcp://127.0.0.1:${portOf(server)}`
  const docker = new DockerClient(engineAddress({ host, usualSockets: [] }))
  await expect(docker.ask(info)).rejects.toThrow(EngineUnreachableError)
  server.close()
})

function portOf(server: { address(): AddressInfo | string | null }): number {
  const address = server.address()
  return typeof address === 'object' && address !== null ? address.port : 0
}

async function readAll(bytes: AsyncIterable<Uint8Array>): Promise<void> {
  for await (const _ of bytes);
}
