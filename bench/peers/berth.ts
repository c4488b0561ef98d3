import { fileURLToPath } from 'node:url'
import { z } from 'zod'
import type { Connection } from '../../cli/connection.ts'
import { exchange } from '../load/exchange.ts'
import type { Scratch } from '../scratch.ts'
import { type Server, serverOf, waitUntilItAnswers } from './server-process.ts'
import { type Signer, signEcrCall } from './signed-call.ts'
import { urlIn } from './url-in-output.ts'

/** A Berth whose `headers` carry a registry token, as a client that logged in sends it. */
export interface Berth extends Server {
  /** From spawning the command to its first answer over HTTP, in milliseconds. */
  readonly readyAfterMs: number
  /** For clients of its own API. */
  readonly connection: Connection
  readonly createRepository: (name: string) => Promise<void>
  /** Calls one action of ECR's JSON API, and resolves to the bytes of its answer. */
  readonly call: (action: string, input: object) => Promise<Buffer>
}

const program = fileURLToPath(new URL('../../bin/berth.js', import.meta.url))
const region = 'us-east-1'
const key = { id: 'AKIABENCHMARKBERTH00', secret: 'a-secret-that-only-this-benchmark-uses' }
const signer: Signer = { accessKeyId: key.id, secretAccessKey: key.secret, region }

/**
 * Starts Berth on `folder` as a user does, by its command and with authentication.
 *
 * @param command this clone's unless told
 */
export async function startBerth(scratch: Scratch, folder: string, command = program): Promise<Berth> {
  const start = performance.now()
  const child = scratch.spawn(process.execPath, [command, 'serve', ...flags(folder)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const { origin, port } = await urlIn(child)
  await waitUntilItAnswers(child, `${origin}/v2/`)
  const readyAfterMs = performance.now() - start
  const anonymous = serverOf(child, { name: 'berth', port })
  const headers = { authorization: `Basic ${await registryToken(anonymous)}` }
  return {
    ...serverOf(child, { name: 'berth', port, headers }),
    readyAfterMs,
    connection: {
      endpoint: origin,
      region,
      accessKeyId: key.id,
      secretAccessKey: key.secret,
      source: 'the benchmark',
    },
    createRepository: async (repositoryName) => {
      await call(anonymous, 'CreateRepository', { repositoryName })
    },
    call: (action, input) => call(anonymous, action, input),
  }
}

function flags(folder: string): string[] {
  const keys = ['--root-access-key', key.id, '--root-secret-key', key.secret]
  return ['--host', '127.0.0.1', '--port', '0', '--data-dir', folder, '--region', region, ...keys]
}

async function call(server: Server, action: string, input: object): Promise<Buffer> {
  const signed = await signEcrCall(signer, `http://${server.host}:${server.port}`, action, input)
  const { headers } = signed
  const body = Buffer.from(signed.body)
  const answer = await exchange(server, { method: 'POST', path: '/', headers, body: [body] }, 200)
  return answer.body
}

const tokenAnswer = z.object({ authorizationData: z.tuple([z.object({ authorizationToken: z.string() })]) })

async function registryToken(server: Server): Promise<string> {
  const answer: unknown = JSON.parse((await call(server, 'GetAuthorizationToken', {})).toString())
  return tokenAnswer.parse(answer).authorizationData[0].authorizationToken
}
