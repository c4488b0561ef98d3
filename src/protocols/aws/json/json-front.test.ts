import { expect, test } from 'vitest'
import { ecrTarget, jsonOf, openFrontDesk } from '../testing/front-desk.ts'
import { signHeader } from '../testing/official-signer.ts'
import { principal, signer } from '../testing/signing-world.ts'

test('a call is answered in JSON, with modelled members alone', async () => {
  const response = await openFrontDesk().ecr('CreateRepository', { repositoryName: 'team/app' })
  expect(response).toMatchObject({
    status: 200,
    headers: { 'content-type': 'application/x-amz-json-1.1', 'x-amzn-RequestId': 'request-1' },
  })
  expect(jsonOf(response)).toEqual({
    repository: { repositoryName: 'team/app', createdAt: 1772352000.123 },
  })
})

test('an action knows the caller, the registry the request was signed for and how the client reached the server', async () => {
  const desk = openFrontDesk()
  const body = JSON.stringify({ repositoryName: 'team/app', unknown: true, tags: null })
  const headers = { 'x-amz-target': `${ecrTarget}.CreateRepository` }
  await desk.send(await signHeader({ body, headers }, { ...signer, region: 'eu-central-1' }))
  expect(desk.calls).toMatchObject([
    {
      input: { repositoryName: 'team/app' },
      call: {
        caller: principal,
        registry: { account: '111122223333', region: 'eu-central-1' },
        requestId: 'request-1',
        endpoint: 'http://localhost:4566',
      },
    },
  ])
})

test('an error of the domain becomes the exception of the model', async () => {
  const response = await openFrontDesk().ecr('DeleteRepository', { repositoryName: 'team/app' })
  expect(response).toMatchObject({
    status: 400,
    headers: { 'x-amzn-ErrorType': 'RepositoryNotFoundException', 'x-amzn-RequestId': 'request-1' },
  })
  expect(jsonOf(response)).toEqual({
    __type: 'RepositoryNotFoundException',
    message: "The repository with name 'team/app' does not exist in the registry with id '111122223333'",
  })
})

test('an exception carries the further members of its model', async () => {
  const part = {
    repositoryName: 'team/app',
    uploadId: crypto.randomUUID(),
    partFirstByte: 5,
    partLastByte: 6,
  }
  expect(jsonOf(await openFrontDesk().ecr('UploadLayerPart', { ...part, layerPartBlob: 'aGk=' }))).toEqual({
    __type: 'InvalidLayerPartException',
    message: 'The part does not follow',
    lastValidByteReceived: 41,
  })
})

test('a breach of the model is refused before the action runs, and before permissions are asked', async () => {
  const desk = openFrontDesk()
  const input = { repositoryName: 'Team/App', registryId: '444455556666' }
  expect(jsonOf(await desk.ecr('CreateRepository', input))).toMatchObject({
    __type: 'InvalidParameterException',
    message: expect.stringMatching(
      /^Invalid parameter at 'repositoryName' failed to satisfy constraint: 'must satisfy/,
    ),
  })
  expect(desk.calls).toEqual([])
})

test('a call that is not allowed never runs', async () => {
  const desk = openFrontDesk()
  const response = await desk.ecr('CreateRepository', { repositoryName: 'app', registryId: '444455556666' })
  expect(response.status).toBe(400)
  expect(jsonOf(response)).toEqual({
    __type: 'AccessDeniedException',
    message:
      'User: arn:aws:iam::111122223333:root is not authorized to perform: ecr:CreateRepository on resource: * because no resource-based policy allows the ecr:CreateRepository action',
  })
  expect(desk.calls).toEqual([])
})

test.each([
  ['{', 'The request body is not valid JSON'],
  ['[]', 'Start of list found where not expected'],
  ['{"repositoryName": 5}', 'NUMBER_VALUE cannot be converted to String'],
  [`{"repositoryName": ${'['.repeat(1000)}`, /nested too deeply/],
  [`{"tags": [${'{},'.repeat(200_000)}{}]}`, /too many values/],
])('the body %.30s is refused', async (body, message) => {
  const response = await openFrontDesk().ecr('CreateRepository', body)
  expect(response.status).toBe(400)
  expect(jsonOf(response)).toMatchObject({
    __type: 'SerializationException',
    message: message instanceof RegExp ? expect.stringMatching(message) : message,
  })
})

test('an empty body counts as an empty input', async () => {
  expect((await openFrontDesk().ecr('DescribeRepositories', '')).status).toBe(200)
})

test.each([
  ['PutImageScanningConfiguration', "the operation 'PutImageScanningConfiguration' of ecr"],
  ['Nonsense', "the operation 'Nonsense' of ecr"],
  ['constructor', "the operation 'constructor' of ecr"],
])('%s is not offered', async (operation, text) => {
  const response = await openFrontDesk().ecr(operation, {})
  expect(response.status).toBe(400)
  expect(jsonOf(response)).toMatchObject({
    __type: 'UnknownOperationException',
    message: expect.stringContaining(`Berth does not offer ${text}`),
  })
})

test.each([
  'AmazonEC2ContainerServiceV20141113.CreateCluster',
  'Logs_20140328.CreateLogGroup',
  'Foo',
  '',
  '.',
])('the target %j of a service that is not here is not offered', async (target) => {
  const response = await openFrontDesk().send({ headers: [['X-Amz-Target', target]], body: '{}' })
  expect(response.status).toBe(400)
  expect(jsonOf(response)).toMatchObject({ __type: 'UnknownOperationException' })
})

test.each([
  ['GET', '/', [['X-Amz-Target', `${ecrTarget}.CreateRepository`]]],
  ['POST', '/bucket/key', [['X-Amz-Target', `${ecrTarget}.CreateRepository`]]],
  ['POST', '/', []],
  ['GET', '/', []],
  ['PUT', '/bucket', []],
] as const)('nothing answers %s %s', async (method, url, headers) => {
  const response = await openFrontDesk().send({ method, url, headers })
  expect(response.status).toBe(404)
  expect(jsonOf(response)).toMatchObject({ __type: 'UnknownOperationException' })
})

test('several slashes are still the root', async () => {
  expect((await openFrontDesk().ecr('DescribeRepositories', {}, { path: '//' })).status).toBe(200)
})

test('a second target is refused', async () => {
  const response = await openFrontDesk().send({
    headers: [
      ['X-Amz-Target', `${ecrTarget}.DescribeRepositories`],
      ['x-amz-target', `${ecrTarget}.DeleteRepository`],
    ],
  })
  expect(jsonOf(response)).toMatchObject({ __type: 'IncompleteSignatureException' })
})

test.each([
  ['MissingAuthenticationTokenException', {}],
  ['UnrecognizedClientException', { keyId: 'AKIANOBODY' }],
  ['InvalidSignatureException', { secret: 'wrong' }],
  ['InvalidSignatureException', { service: 'sts' }],
])('a signature that fails is answered as %s', async (code, difference) => {
  const headers = { 'x-amz-target': `${ecrTarget}.DescribeRepositories` }
  const signed = await signHeader({ headers }, { ...signer, ...difference })
  const unsigned = { ...signed, headers: Object.entries(headers) }
  const response = await openFrontDesk().send(code.startsWith('Missing') ? unsigned : signed)
  expect(response).toMatchObject({ status: 400, headers: { 'x-amzn-ErrorType': code } })
  expect(jsonOf(response)).toMatchObject({ __type: code })
})

test.each(['unmapped', 'misshapen', 'plain'])(
  'a mistake of the server (%s) is logged whole and told without details',
  async (imageManifest) => {
    const desk = openFrontDesk()
    const response = await desk.ecr('PutImage', { repositoryName: 'app', imageManifest })
    expect(response.status).toBe(500)
    expect(jsonOf(response)).toEqual({
      __type: 'ServerException',
      message: 'The server could not complete the request; its log says why under the request id request-1',
    })
    expect(desk.errors).toMatchObject([
      { facts: { requestId: 'request-1', service: 'ecr', operation: 'PutImage', err: expect.any(Error) } },
    ])
  },
)

test('an error that the model calls a fault of the server is told with its message, and logged', async () => {
  const desk = openFrontDesk()
  const response = await desk.ecr('PutImage', { repositoryName: 'app', imageManifest: 'disk full' })
  expect(response.status).toBe(500)
  expect(jsonOf(response)).toEqual({
    __type: 'ServerException',
    message: 'The registry has no space left to store this; free some and try again',
  })
  expect(desk.errors).toHaveLength(1)
})
