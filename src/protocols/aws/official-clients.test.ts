import {
  CreateRepositoryCommand,
  DeleteRepositoryCommand,
  ECRClient,
  PutImageCommand,
  PutLifecyclePolicyCommand,
  paginateDescribeRepositories,
  RepositoryNotFoundException,
  ServerException,
  UploadLayerPartCommand,
} from '@aws-sdk/client-ecr'
import { AssumeRoleCommand, GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts'
import { expect, test } from 'vitest'
import { createLog } from '../../observability/logger.ts'
import { listen } from '../http/listen.ts'
import { openFrontDesk } from './testing/front-desk.ts'
import { signer } from './testing/signing-world.ts'

test("ECR's client reads an answer", async () => {
  await using clients = await connect()
  const { repository, $metadata } = await clients.ecr.send(
    new CreateRepositoryCommand({ repositoryName: 'app' }),
  )
  expect(repository).toEqual({ repositoryName: 'app', createdAt: new Date('2026-03-01T08:00:00.123Z') })
  expect($metadata.requestId).toMatch(/^[0-9a-f-]{36}$/)
})

test("ECR's client sends bytes", async () => {
  await using clients = await connect()
  const part = { repositoryName: 'app', uploadId: crypto.randomUUID(), partFirstByte: 0, partLastByte: 5 }
  const command = new UploadLayerPartCommand({ ...part, layerPartBlob: Buffer.from('\u0000\u00ff€') })
  expect(await clients.ecr.send(command)).toMatchObject({ lastByteReceived: 5 })
})

test("ECR's client follows pages", async () => {
  await using clients = await connect()
  const names: unknown[] = []
  for await (const { repositories } of paginateDescribeRepositories(
    { client: clients.ecr, pageSize: 4 },
    {},
  )) {
    names.push(...(repositories ?? []).map(({ repositoryName }) => repositoryName))
  }
  expect(names).toHaveLength(12)
  expect(new Set(names).size).toBe(12)
})

test("ECR's client knows the model's exceptions", async () => {
  await using clients = await connect()
  const missing = clients.ecr.send(new DeleteRepositoryCommand({ repositoryName: 'app' }))
  await expect(missing).rejects.toThrow(RepositoryNotFoundException)
  await expect(missing).rejects.toThrow(
    "The repository with name 'app' does not exist in the registry with id '111122223333'",
  )
  const broken = clients.ecr.send(new PutImageCommand({ repositoryName: 'app', imageManifest: '{}' }))
  await expect(broken).rejects.toThrow(ServerException)
})

test("ECR's client hears of an operation that is not offered", async () => {
  await using clients = await connect()
  const command = new PutLifecyclePolicyCommand({ repositoryName: 'app', lifecyclePolicyText: '{}' })
  await expect(clients.ecr.send(command)).rejects.toMatchObject({
    name: 'UnknownOperationException',
    message: expect.stringContaining("Berth does not offer the operation 'PutLifecyclePolicy' of ecr"),
    $metadata: { httpStatusCode: 400 },
  })
})

test("ECR's client hears of a wrong secret", async () => {
  await using clients = await connect({ secret: 'wrong' })
  await expect(
    clients.ecr.send(new DeleteRepositoryCommand({ repositoryName: 'app' })),
  ).rejects.toMatchObject({
    name: 'InvalidSignatureException',
  })
})

test('a client whose clock is wrong corrects it by the Date header and succeeds', async () => {
  await using clients = await connect({ clockOffset: -3_600_000 })
  expect(await clients.ecr.send(new CreateRepositoryCommand({ repositoryName: 'app' }))).toMatchObject({
    $metadata: { attempts: 2 },
  })
})

test("STS's client learns who it is", async () => {
  await using clients = await connect()
  expect(await clients.sts.send(new GetCallerIdentityCommand({}))).toMatchObject({
    UserId: '111122223333',
    Account: '111122223333',
    Arn: 'arn:aws:iam::111122223333:root',
  })
})

test("STS's client hears of an operation that is not offered", async () => {
  await using clients = await connect()
  const command = new AssumeRoleCommand({
    RoleArn: 'arn:aws:iam::111122223333:role/x',
    RoleSessionName: 'me',
  })
  await expect(clients.sts.send(command)).rejects.toMatchObject({
    name: 'InvalidAction',
    message: expect.stringContaining("Berth does not offer the operation 'AssumeRole' of sts"),
  })
})

interface Clients extends AsyncDisposable {
  readonly ecr: ECRClient
  readonly sts: STSClient
}

/** Both clients against a front end that listens on a free port and reads the real time, as the clients do. */
async function connect({ secret = signer.secret, clockOffset = 0 } = {}): Promise<Clients> {
  const now = () => new Date()
  const desk = openFrontDesk(now)
  const log = createLog('silent', process.stderr, now)
  const listener = await listen({ host: '127.0.0.1', port: 0, door: desk.door, log })
  const options = {
    endpoint: listener.url,
    region: 'us-east-1',
    credentials: { accessKeyId: signer.keyId, secretAccessKey: secret },
    systemClockOffset: clockOffset,
    maxAttempts: 2,
  }
  const ecr = new ECRClient(options)
  const sts = new STSClient(options)
  return {
    ecr,
    sts,
    async [Symbol.asyncDispose]() {
      ecr.destroy()
      sts.destroy()
      await listener.close(0)
    },
  }
}
