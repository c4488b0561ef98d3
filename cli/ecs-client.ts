import { z } from 'zod'
import { callAws } from './aws-call.ts'
import type { Connection } from './connection.ts'

const executeCommand = {
  service: 'ecs',
  target: 'AmazonEC2ContainerServiceV20141113.ExecuteCommand',
  answer: z.object({
    containerName: z.string(),
    session: z.object({ sessionId: z.string(), streamUrl: z.string(), tokenValue: z.string() }),
  }),
}

/** What a command in a container is begun with. */
export type ExecAnswer = z.infer<typeof executeCommand.answer>

/** Calls ECS's ExecuteCommand. @throws CliError with what to do, when nobody answers or the answer is an error */
export function askToExecute(connection: Connection, input: object): Promise<ExecAnswer> {
  return callAws(connection, executeCommand, { interactive: true, ...input })
}
