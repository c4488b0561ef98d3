import { connect, type Socket } from 'node:net'
import type { Server } from '../peers/server-process.ts'
import { ResponseCounter } from './response-counter.ts'

/** The same GET over and over: on each connection the next request goes out when the last answer is whole. */
export interface GetLoad {
  readonly path: string
  readonly headers: Readonly<Record<string, string>>
  readonly connections: number
  readonly seconds: number
}

/** What arrived in the time; `bytes` counts headers and answers cut off by the end of the time too. */
export interface Arrived {
  readonly requests: number
  readonly bytes: number
  readonly seconds: number
}

const readAtOnce = 1024 * 1024

/**
 * Reads from raw sockets into one buffer a connection and drops what it read: on large bodies this costs less than
 * half of what wrk does, which reads 8 KiB at a time and would itself be what is measured.
 *
 * @throws Error when an answer isn't a 200 with a length, or a connection breaks
 */
export async function getLoad(server: Server, load: GetLoad): Promise<Arrived> {
  const request = requestText(server, load)
  const arrived = { requests: 0, bytes: 0 }
  const start = performance.now()
  const ends = start + load.seconds * 1000
  await Promise.all(Array.from({ length: load.connections }, () => readUntil(ends, server, request, arrived)))
  return { ...arrived, seconds: (performance.now() - start) / 1000 }
}

async function readUntil(
  ends: number,
  server: Server,
  request: string,
  arrived: { requests: number; bytes: number },
): Promise<void> {
  const counter = new ResponseCounter()
  const { promise, resolve, reject } = Promise.withResolvers<void>()
  const take = (length: number, buffer: Uint8Array): boolean => {
    arrived.bytes += length
    if (counter.take(buffer.subarray(0, length))) {
      arrived.requests++
      socket.write(request)
    }
    if (performance.now() >= ends) resolve()
    return true
  }
  const onread = { buffer: Buffer.alloc(readAtOnce), callback: rejectingErrors(take, reject) }
  const socket: Socket = connect({ host: server.host, port: server.port, onread })
  socket.once('connect', () => socket.write(request))
  socket.once('error', reject)
  socket.once('end', () => reject(new Error('The server closed the connection')))
  await promise.finally(() => socket.destroy())
}

type OnRead = (length: number, buffer: Uint8Array) => boolean

/** Node calls the reader outside of any promise: what it throws has to be handed on, and reading ends. */
function rejectingErrors(take: OnRead, reject: (error: unknown) => void): OnRead {
  return (length, buffer) => {
    try {
      return take(length, buffer)
    } catch (error) {
      reject(error)
      return false
    }
  }
}

function requestText(server: Server, load: GetLoad): string {
  const headers = { host: `${server.host}:${server.port}`, ...server.headers, ...load.headers }
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}`)
  return [`GET ${load.path} HTTP/1.1`, ...lines, '', ''].join('\r\n')
}
