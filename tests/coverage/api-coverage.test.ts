import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Operation, ServiceModel } from '../../src/protocols/aws/model/service-model.ts'
import { loadModels } from '../../src/protocols/aws/model/testing/loaded-models.ts'
import { signHeader, type Unsigned } from '../../src/protocols/aws/testing/official-signer.ts'
import { type RawAnswer, sendRaw } from '../support/raw-request.ts'
import { type LocalBerth, startBerth } from '../support/start-berth.ts'
import { type Coverage, coveragePage } from './coverage-page.ts'
import { ecrEvidence } from './depth/all-evidence.ts'
import type { Evidence } from './depth/evidence.ts'
import { type EvidenceWorld, openEvidenceWorld } from './depth/evidence-desk.ts'

const page = join(import.meta.dirname, '../../docs/api-coverage.md')

/** What has been seen in this run, and nothing else, stands in the page. */
const seen = new Map<string, Evidence>()

describe('an operation of ECR goes as deep as is seen here:', () => {
  let world: EvidenceWorld
  beforeAll(async () => {
    world = await openEvidenceWorld()
  })
  afterAll(() => world[Symbol.asyncDispose]())

  const all = Object.entries(ecrEvidence).map(([operation, evidence]) => ({ operation, ...evidence }))
  test.each(all)('$operation: $shows', async ({ operation, ...evidence }) => {
    await using desk = await world.openDesk()
    await evidence.see(desk)
    expect([...desk.called]).toContain(operation)
    expect(desk.berth.failures).toEqual([])
    seen.set(operation, evidence)
  })
})

test('docs/api-coverage.md says what is offered (npx vitest run tests/coverage --update writes it anew)', async () => {
  await using berth = await startBerth()
  const coverages: Coverage[] = []
  for (const model of awsModels()) {
    const offered = await probe(berth, model)
    coverages.push({ model, offered, ...(model.name === 'ecr' && { evidence: seen }) })
  }
  expect(berth.failures).toEqual([])
  await expect(coveragePage(coverages)).toMatchFileSnapshot(page)
})

/** What Berth offers beyond AWS has a page of its own: docs/berth-api.md. */
function awsModels(): ServiceModel[] {
  return [...loadModels().values()].filter(({ name }) => name !== 'berth')
}

/** Asks for every operation with an empty input; none of them changes anything for it. */
async function probe(berth: LocalBerth, model: ServiceModel): Promise<Set<string>> {
  const offered = new Set<string>()
  for (const operation of model.operations.values()) {
    if (isOffer(await ask(berth, model, operation))) offered.add(operation.name)
  }
  return offered
}

/** An offered operation succeeds, misses what it requires, or what it is about. */
function isOffer({ status, headers, body }: RawAnswer): boolean {
  if (headers['x-amzn-errortype'] === 'UnknownOperationException') return false
  if (body.includes('<Code>InvalidAction</Code>')) return false
  expect([200, 400], body).toContain(status)
  if (status === 400)
    expect(body).toMatch(
      /Member must not be null|must be specified|Must specify|Session tokens of an account|NotFoundException/,
    )
  return true
}

async function ask(berth: LocalBerth, model: ServiceModel, { name }: Operation): Promise<RawAnswer> {
  const { rootAccessKey: keyId, rootSecretKey: secret } = berth.secrets
  const signer = { keyId, secret, service: model.name, time: new Date() }
  const { headers = [], body } = await signHeader(callOf(model, name, `localhost:${berth.port}`), signer)
  return sendRaw(berth.port, {
    method: 'POST',
    path: '/',
    headers: Object.fromEntries(headers),
    body: String(body),
  })
}

function callOf(model: ServiceModel, operation: string, host: string): Unsigned {
  if (model.protocol === 'json') {
    const target = `${model.targetPrefix}.${operation}`
    return {
      headers: { host, 'content-type': 'application/x-amz-json-1.1', 'x-amz-target': target },
      body: '{}',
    }
  }
  const headers = { host, 'content-type': 'application/x-www-form-urlencoded' }
  return { headers, body: `Action=${operation}&Version=${model.version}` }
}
