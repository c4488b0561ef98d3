import { z } from 'zod'
import { readJson } from '../src/protocols/aws/json/read-json.ts'
import type { StructureShape } from '../src/protocols/aws/model/shape.ts'
import { RefusalError } from '../src/protocols/aws/refusal.ts'
import type { Members } from '../src/protocols/aws/values.ts'
import type { Connection } from './connection.ts'
import { explainFault, explainStranger } from './explain-fault.ts'

const fault = z.object({ __type: z.string(), message: z.string() })

/**
 * What a call was answered, in the form of its shape.
 *
 * @throws CliError for an error, and for an answer that no Berth gives
 */
export async function readAnswer(
  response: Response,
  shape: StructureShape,
  connection: Connection,
): Promise<Members> {
  const content: unknown = await response.json().catch(() => null)
  const refused = response.ok ? undefined : fault.safeParse(content).data
  if (refused !== undefined) {
    throw explainFault({ code: refused.__type, message: refused.message }, connection)
  }
  try {
    if (response.ok) return readJson(shape, content)
  } catch (error) {
    if (!(error instanceof RefusalError)) throw error
  }
  throw explainStranger(response, connection)
}
