import { writeJson } from '../src/protocols/aws/json/write-json.ts'
import { readServiceModel } from '../src/protocols/aws/model/service-model.ts'
import type { StructureShape } from '../src/protocols/aws/model/shape.ts'
import berth from '../src/protocols/aws/models/berth.json' with { type: 'json' }
import { signCall } from '../src/protocols/aws/signature/sign-call.ts'
import { findBreaches } from '../src/protocols/aws/validation/find-breaches.ts'
import { berthPrefix } from '../src/services/berth/berth-prefix.ts'
import type { BerthOperations } from '../src/services/berth/shapes.ts'
import type { Connection } from './connection.ts'
import { explainStranger, explainUnreachable } from './explain-fault.ts'
import { readAnswer } from './read-answer.ts'

/** Milliseconds within which an answer must begin. */
const patience = 60_000

type Name = keyof BerthOperations

/** Calls Berth's own operations, with types and moments as the server's actions have them. */
export class BerthClient {
  readonly #connection: Connection
  readonly #operations = readServiceModel(berth).operations

  constructor(connection: Connection) {
    this.#connection = connection
  }

  get endpoint(): string {
    return this.#connection.endpoint
  }

  /** @throws CliError with what to do, when nobody answers or the answer is an error */
  async call<Called extends Name>(
    name: Called,
    input: BerthOperations[Called]['input'],
  ): Promise<BerthOperations[Called]['output']> {
    const operation = this.#operations.get(name)
    if (operation === undefined) throw new RangeError(`The model has no operation ${name}`)
    const response = await this.#post(name, JSON.stringify(writeJson(operation.input, input)))
    const answer = await readAnswer(response, operation.output, this.#connection)
    if (isOutput<Called>(operation.output, answer)) return answer
    throw explainStranger(response, this.#connection)
  }

  async #post(name: Name, body: string): Promise<Response> {
    const url = new URL(berthPrefix + name, this.#connection.endpoint)
    const headers = {
      'content-type': 'application/json',
      ...signCall({ url, body, time: new Date() }, { ...this.#connection, service: 'berth' }),
    }
    try {
      return await fetch(url, { method: 'POST', headers, body, signal: AbortSignal.timeout(patience) })
    } catch (cause) {
      throw explainUnreachable(cause, this.#connection)
    }
  }
}

/** The types are made of the model: what keeps its constraints is of its type. */
function isOutput<Called extends Name>(
  shape: StructureShape,
  answer: object,
): answer is BerthOperations[Called]['output'] {
  return findBreaches(shape, { ...answer }).next().done === true
}
