import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Asker, askBerth } from '../support/ask-berth.ts'
import { type RawAnswer, sendRaw } from '../support/raw-request.ts'
import { type LocalBerth, startBerth } from '../support/start-berth.ts'

let berth: LocalBerth
beforeAll(async () => {
  berth = await startBerth({ dev: true, rootAccessKey: 'test', rootSecretKey: 'test' })
})
afterAll(() => berth[Symbol.asyncDispose]())

function ask(path: string, body: string, asker: Partial<Asker> = {}): Promise<RawAnswer> {
  return askBerth({ port: berth.port, keyId: 'test', secret: 'test', ...asker }, path, body)
}

describe("the door of Berth's own operations", () => {
  test('answers JSON, under a request id', async () => {
    const answer = await ask('/berth/v1/DescribeServer', '{}')
    expect(answer).toMatchObject({ status: 200, headers: { 'content-type': 'application/json' } })
    expect(answer.headers['x-amzn-requestid']).toBeTruthy()
    expect(JSON.parse(answer.body)).toMatchObject({ accountId: '000000000000', repositoryCount: 0 })
  })

  test('takes an empty body for an empty input', async () => {
    expect(await ask('/berth/v1/DescribeServer', '')).toMatchObject({ status: 200 })
  })

  test.each([
    ['/berth/v1/Nothing', 'UnknownOperationException'],
    ['/berth/v1/', 'UnknownOperationException'],
    ['/berth/v1/DescribeServer/', 'UnknownOperationException'],
    ['/berth/v1/constructor', 'UnknownOperationException'],
    ['/berth/v1/CreateRepository', 'UnknownOperationException'],
  ])('knows no %s', async (path, code) => {
    const answer = await ask(path, '{}')
    expect(answer).toMatchObject({ status: 400, headers: { 'x-amzn-errortype': code } })
    expect(JSON.parse(answer.body)).toMatchObject({ __type: code })
  })

  test('is for POST alone', async () => {
    expect(await ask('/berth/v1/DescribeServer', '', { method: 'GET' })).toMatchObject({ status: 404 })
  })

  test('wants a signature that was made for it', async () => {
    const unsigned = await sendRaw(berth.port, {
      method: 'POST',
      path: '/berth/v1/DescribeServer',
      body: '{}',
    })
    expect(unsigned.body).toContain('MissingAuthenticationTokenException')
    const forEcr = await ask('/berth/v1/DescribeServer', '{}', { service: 'ecr' })
    expect(forEcr.body).toContain("Credential should be scoped to correct service: 'berth'.")
  })

  test("tells an account its own registry, and what all have together to the operator's alone", async () => {
    await berth.createRepository('team/app')
    const operator = JSON.parse((await ask('/berth/v1/DescribeServer', '{}')).body)
    const tenant = JSON.parse((await ask('/berth/v1/DescribeServer', '{}', { keyId: '111122223333' })).body)
    expect(operator).toMatchObject({ repositoryCount: 1, storage: { blobCount: 0 } })
    expect(tenant).toMatchObject({ accountId: '111122223333', repositoryCount: 0 })
    expect(tenant).not.toHaveProperty('storage')
  })
})
