import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { SeededRandom } from '../support/seeded-random.ts'
import { echoOf, lostMembers } from './echoes.ts'
import { textExamples } from './examples.ts'
import { openProbeWorld, type ProbeWorld } from './probe-world.ts'
import { type RawModel, readEcrModel } from './raw-model.ts'
import { type RequestCase, requestCases } from './request-cases.ts'
import { shapeFaults } from './shape-faults.ts'

const seed = process.env.BERTH_TEST_SEED ?? 'requests of the model'
const model = readEcrModel()
const operations = Object.keys(model.operations)

/** Errors of the front that AWS declares for no operation. */
const undeclared = ['SerializationException', 'ValidationException', 'UnknownOperationException']

let world: ProbeWorld
beforeAll(async () => {
  world = await openProbeWorld()
})
afterAll(() => world[Symbol.asyncDispose]())

describe(`requests made of the model (seed '${seed}')`, () => {
  test.each(operations)('%s is never confused', async (operation) => {
    const findings: string[] = []
    for (const probe of casesOf(operation, world)) findings.push(...(await judge(probe)))
    expect(findings).toEqual([])
    expect(world.berth.failures).toEqual([])
  })

  test('are as many as ever (npx vitest run tests/probes --update counts anew)', async () => {
    const counts = Object.fromEntries(
      operations.map((operation) => [operation, casesOf(operation, world).length]),
    )
    const total = Object.values(counts).reduce((sum, count) => sum + count, 0)
    expect(total).toBeGreaterThanOrEqual(5_000)
    const page = `${JSON.stringify({ total, ...counts }, undefined, 2)}\n`
    await expect(page).toMatchFileSnapshot(join(import.meta.dirname, 'request-counts.json'))
  })
})

function casesOf(operation: string, { targets }: ProbeWorld): readonly RequestCase[] {
  return requestCases(model, operation, textExamples(targets), new SeededRandom(`${seed} ${operation}`))
}

/** What is wrong with the answer to one request, or with what it left behind. */
async function judge(probe: RequestCase): Promise<readonly string[]> {
  if (!probe.isBroken) await world.prepare(probe.operation)
  const before = world.version()
  const { status, body, headers } = await world.ask(probe.operation, probe.input)
  const faults =
    status === 200
      ? [...successFaults(model, probe, body), ...(await echoFaults(probe))]
      : refusalFaults(probe, status, headers['x-amzn-errortype'])
  const wasChanged = status !== 200 && world.version() !== before
  if (wasChanged && (await changesWhenRefused(probe))) faults.push('changed something though it was refused')
  return faults.map((fault) => `${probe.operation} ${probe.title}: ${fault}: ${status} ${body.slice(0, 300)}`)
}

/**
 * Asks some times more while nothing runs in the background, which may have been what changed something: it isn't each time. It may
 * also have been what the request was refused for; then it succeeds now.
 */
async function changesWhenRefused({ operation, input }: RequestCase): Promise<boolean> {
  for (let times = 0; times < 5; times += 1) {
    const before = await world.fingerprint()
    const { status } = await world.ask(operation, input)
    if (status === 200 || (await world.fingerprint()) === before) return false
  }
  return true
}

function successFaults(
  { operations: all }: RawModel,
  { operation, isBroken }: RequestCase,
  body: string,
): string[] {
  if (isBroken) return ['was not refused']
  return [...shapeFaults(model, all[operation]?.output.shape ?? '', JSON.parse(body))]
}

/** What was written must be read again as it was. */
async function echoFaults({ operation, input, isBroken }: RequestCase): Promise<string[]> {
  const echo = echoOf(operation)
  if (echo === undefined || isBroken) return []
  const { status, body } = await world.ask(...echo.read(input))
  if (status !== 200) return [`what it wrote can't be read: ${body}`]
  const lost = lostMembers(echo, input, echo.find(JSON.parse(body), input))
  return lost.map((key) => `${key} doesn't come back: ${body.slice(0, 500)}`)
}

function refusalFaults({ operation, isBroken }: RequestCase, status: number, type: unknown): string[] {
  const declared = [...(model.operations[operation]?.errors ?? []), ...undeclared]
  if (status !== 400) return ['is no refusal']
  if (typeof type !== 'string' || !declared.includes(type))
    return ['is an error that the model does not declare']
  const byTheModel = ['InvalidParameterException', ...undeclared]
  return isBroken && !byTheModel.includes(type) ? ['was judged before its input was checked'] : []
}
