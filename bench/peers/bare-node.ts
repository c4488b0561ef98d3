import { fileURLToPath } from 'node:url'
import type { Scratch } from '../scratch.ts'
import { type Server, serverOf, waitUntilItAnswers } from './server-process.ts'
import { urlIn } from './url-in-output.ts'

/** What the table calls it. */
export const bareNode = "Node's own http"

const program = fileURLToPath(new URL('./bare-server.ts', import.meta.url))

/** Starts Node's own server with nothing behind it but one answer: what no server on Node can be quicker than. */
export async function startBareNode(scratch: Scratch): Promise<Server> {
  const child = scratch.spawn(process.execPath, [program], { stdio: ['ignore', 'pipe', 'inherit'] })
  const { origin, port } = await urlIn(child)
  await waitUntilItAnswers(child, origin)
  return serverOf(child, { name: bareNode, port })
}
