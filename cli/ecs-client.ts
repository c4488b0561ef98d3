import { z } from 'zod'
import { signCall } from '../src/protocols/aws/signature/sign-call.ts'
import { CliError } from './cli-error.ts'
import type { Connection } from './connection.ts'
import { explainFault, explainUnreachable } from './explain-fault.ts'

const fault = z.object({ __type: z.string(), message: z.string().default('') })
const answered = z.object({
  containerName: z.string(),
  session: z.object({ sessionId: z.string(), streamUrl: z.string(), tokenValue: z.string() }),
})

/** What a command in a container is begun with. */
export type ExecAnswer = z.infer<typeof answered>

/** Calls ECS's ExecuteCommand. @throws CliError with what to do, when nobody answers or the answer is an error */
export async function askToExecute(connection: Connection, input: object): Promise<ExecAnswer> {
  const url = new URL('/', connection.endpoint)
  const body = JSON.stringify({ interactive: true, ...input })
  const headers = {
    'content-type': 'application/x-amz-json-1.1',
    'x-amz-target': 'AmazonEC2ContainerServiceV20141113.ExecuteCommand',
  }
  const signed = signCall({ url, body, time: new Date(), headers }, { ...connection, service: 'ecs' })
  const response = await fetch(url, { method: 'POST', headers: signed, body }).catch((cause: unknown) => {
    throw explainUnreachable(cause, connection)
  })
  const content: unknown = await response.json().catch(() => undefined)
  const refused = fault.safeParse(content).data
  if (refused !== undefined) {
    throw explainFault({ code: refused.__type, message: refused.message }, connection)
  }
  const answer = answered.safeParse(content).data
  if (answer !== undefined) return answer
  throw new CliError(`No Berth answers at ${connection.endpoint}.`)
}
