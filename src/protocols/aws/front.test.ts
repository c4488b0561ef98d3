import { Readable } from 'node:stream'
import { expect, test } from 'vitest'
import { Seal } from '../../access/seal.ts'
import { policyless } from '../../access/testing/policyless.ts'
import { createLog } from '../../observability/logger.ts'
import { MemoryBudget } from '../../registry/memory-budget.ts'
import type { Service } from '../../services/service.ts'
import { createAwsFront } from './front.ts'
import { offerServices } from './served-service.ts'
import { exampleSts } from './testing/example-service.ts'
import { ecrTarget, type FrontDesk, jsonOf, loaded, openFrontDesk } from './testing/front-desk.ts'
import { signHeader } from './testing/official-signer.ts'
import { keys, now, signer } from './testing/signing-world.ts'
import { isMembers, type Members } from './values.ts'

const describe = { 'x-amz-target': `${ecrTarget}.DescribeRepositories` }
const mebibyte = 2 ** 20

test('pages follow each other by opaque tokens', async () => {
  const desk = openFrontDesk()
  const first = await page(desk, {})
  expect(first).toMatchObject({
    repositories: [{ repositoryName: 'repository-1' }, { repositoryName: 'repository-2' }],
  })
  const second = await page(desk, { maxResults: 8, nextToken: first.nextToken })
  expect(second.repositories).toHaveLength(8)
  expect(second.nextToken).toBeUndefined()
})

test('a page token is good for the same request alone', async () => {
  const desk = openFrontDesk()
  const { nextToken } = await page(desk, {})
  const invalid = {
    __type: 'InvalidParameterException',
    message: "Invalid parameter at 'nextToken' failed to satisfy constraint: 'Invalid next token'",
  }
  expect(await page(desk, { nextToken, registryId: '111122223333' })).toEqual(invalid)
  expect(await page(desk, { nextToken: `${nextToken}x` })).toEqual(invalid)
  expect(await page(desk, { nextToken: 'guessed' })).toEqual(invalid)
  expect(await page(desk, { nextToken: '' })).toEqual(invalid)
  expect(await page(desk, { nextToken }, 'eu-west-1')).toEqual(invalid)
})

test('a layer part of 20 MiB fits, a byte more breaks the constraint', async () => {
  const desk = openFrontDesk()
  const part = (size: number) => ({
    repositoryName: 'app',
    uploadId: '01234567-89ab-cdef-0123-456789abcdef',
    partFirstByte: 0,
    partLastByte: size - 1,
    layerPartBlob: Buffer.alloc(size).toString('base64'),
  })
  expect(jsonOf(await desk.ecr('UploadLayerPart', part(20 * mebibyte)))).toEqual({
    lastByteReceived: 20 * mebibyte - 1,
  })
  expect(jsonOf(await desk.ecr('UploadLayerPart', part(20 * mebibyte + 1)))).toMatchObject({
    message:
      "Invalid parameter at 'layerPartBlob' failed to satisfy constraint: 'Member must have length less than or equal to 20971520'",
  })
})

test('a body beyond the limit is refused before it is read whole', async () => {
  const body = endless()
  const signed = await signHeader({ headers: describe }, signer)
  const response = await openFrontDesk().send({ ...signed, body })
  expect(response.status).toBe(413)
  expect(jsonOf(response)).toEqual({
    __type: 'RequestEntityTooLargeException',
    message: `Request must be smaller than ${32 * mebibyte} bytes`,
  })
  expect(body.destroyed).toBe(true)
})

test('a body that announces too many bytes is refused unread', async () => {
  const { headers = [], ...parts } = await signHeader({ headers: describe }, signer)
  const body = new Readable({ read: () => expect.fail('nobody should read') })
  const length = ['Content-Length', String(33 * mebibyte)] as const
  expect(await openFrontDesk().send({ ...parts, headers: [...headers, length], body })).toMatchObject({
    status: 413,
  })
})

test('nobody without a valid key makes the server read a body', async () => {
  const signed = await signHeader({ headers: describe }, { ...signer, keyId: 'AKIANOBODY' })
  const body = new Readable({ read: () => expect.fail('nobody should read') })
  const response = await openFrontDesk().send({ ...signed, body })
  expect(jsonOf(response)).toMatchObject({ __type: 'UnrecognizedClientException' })
})

test('a form may have a mebibyte', async () => {
  const headers = [['content-type', 'application/x-www-form-urlencoded']] as const
  const response = await openFrontDesk().send({ headers, body: endless() })
  expect(response.status).toBe(413)
  expect(response.body).toContain('<Code>RequestEntityTooLarge</Code>')
})

test('a body that breaks off is no call', async () => {
  const desk = openFrontDesk()
  const body = Readable.from(
    (async function* () {
      yield Buffer.from('{"repositoryName":')
      throw new Error('connection reset')
    })(),
  )
  const headers = { 'x-amz-target': `${ecrTarget}.CreateRepository` }
  const response = await desk.send({ ...(await signHeader({ headers }, signer)), body })
  expect(jsonOf(response)).toMatchObject({ __type: 'RequestAbortedException' })
  expect([desk.calls, desk.errors]).toEqual([[], []])
})

test('a client that goes away in the middle of its body is not waited for', async () => {
  const gone = new AbortController()
  const body = new Readable({ read: () => gone.abort() })
  const signed = await signHeader({ headers: describe }, signer)
  const response = await openFrontDesk().send({ ...signed, body, signal: gone.signal })
  expect(jsonOf(response)).toMatchObject({ __type: 'RequestAbortedException' })
})

test('a service without a model is noticed at the start', () => {
  const service: Service = { name: 'nowhere', actions: new Map(), faults: {} }
  const options = {
    services: [loaded(service)],
    accessKeys: keys,
    authorise: policyless.authorise.bind(policyless),
    pageSeal: new Seal(new Uint8Array(32), 'page-token'),
    memory: new MemoryBudget({ bytes: 2 ** 28, patienceMs: 10_000 }),
    now: () => now,
    log: createLog('silent', process.stderr, () => now),
  }
  expect(() => createAwsFront(options)).toThrow('There is no service model for nowhere')
})

test('an action without an operation is noticed when its service is opened', async () => {
  const invented = { permissions: async () => [], run: async () => ({}) }
  const service: Service = { name: 'ecr', actions: new Map([['Invented', invented]]), faults: {} }
  const [offered] = offerServices([loaded(service)])
  await expect(offered?.open()).rejects.toThrow('The model of ecr has no operation Invented')
})

test('a service is loaded once, with the first request for it', async () => {
  let times = 0
  const load = async () => {
    times += 1
    return exampleSts()
  }
  const [offered] = offerServices([{ name: 'sts', load }])
  expect(times).toBe(0)
  expect(await offered?.open()).toBe(await offered?.open())
  expect(times).toBe(1)
})

test('a body that never arrives gives its memory to the next one', async () => {
  const memory = new MemoryBudget({ bytes: mebibyte, patienceMs: 60_000, receivingMs: 1 })
  const desk = openFrontDesk(() => now, memory)
  const parts = await signHeader({ headers: describe }, signer)
  const length = ['content-length', String(mebibyte)] as const
  const body = new Readable({ read() {} })
  const stuck = desk.send({ ...parts, headers: [...(parts.headers ?? []), length], body })
  await expect.poll(() => memory.free).toBe(0)
  using _next = await memory.lease(mebibyte)
  expect(jsonOf(await stuck)).toMatchObject({ __type: 'ThrottlingException' })
})

async function page(desk: FrontDesk, input: object, region = 'us-east-1'): Promise<Members> {
  const signed = await signHeader({ body: JSON.stringify(input), headers: describe }, { ...signer, region })
  const answer = jsonOf(await desk.send(signed))
  return isMembers(answer) ? answer : expect.fail('A page is an object')
}

function endless(): Readable {
  const chunk = Buffer.alloc(mebibyte)
  return new Readable({
    read() {
      this.push(chunk)
    },
  })
}
