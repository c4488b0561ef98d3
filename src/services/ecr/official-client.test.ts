import {
  BatchGetImageCommand,
  CompleteLayerUploadCommand,
  CreateRepositoryCommand,
  DescribeImagesCommand,
  DescribeRepositoriesCommand,
  ECRClient,
  InitiateLayerUploadCommand,
  InvalidLayerPartException,
  KmsException,
  ListTagsForResourceCommand,
  PutImageCommand,
  paginateDescribeRepositories,
  RepositoryNotFoundException,
  TagResourceCommand,
  UploadLayerPartCommand,
} from '@aws-sdk/client-ecr'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { developerAccessKeys } from '../../access/developer-access-keys.ts'
import { rootAccessKeys } from '../../access/root-access-keys.ts'
import { Seal } from '../../access/seal.ts'
import type { Log } from '../../observability/log.ts'
import { createAwsFront } from '../../protocols/aws/front.ts'
import { type Listener, listen } from '../../protocols/http/listen.ts'
import { MemoryBudget } from '../../registry/memory-budget.ts'
import { ecrService } from './ecr-service.ts'
import { type EcrDesk, openEcrDesk, ourAccount, theirAccount } from './testing/ecr-desk.ts'
import { sampleImage, sha256 } from './testing/sample-image.ts'

const repositoryName = 'team/app'
const image = sampleImage('one')
const logged: object[] = []
let desk: EcrDesk
let listener: Listener
let ecr: ECRClient

beforeAll(async () => {
  desk = await openEcrDesk()
  listener = await listen({ host: '127.0.0.1', port: 0, door: front(desk), log })
  ecr = clientOf('AKIAEXAMPLE')
  await ecr.send(new CreateRepositoryCommand({ repositoryName }))
})
afterAll(async () => {
  await listener?.close(0)
  await desk?.[Symbol.asyncDispose]()
})

test('an image goes in part by part and comes out whole', async () => {
  for (const content of [image.config, image.layer]) await uploadLayer(Buffer.from(content))
  const imageManifest = image.manifest
  await ecr.send(new PutImageCommand({ repositoryName, imageManifest, imageTag: 'v1' }))
  const imageIds = [{ imageTag: 'v1' }]
  const { images, failures } = await ecr.send(new BatchGetImageCommand({ repositoryName, imageIds }))
  expect(images).toMatchObject([{ imageManifest, imageId: { imageTag: 'v1', imageDigest: image.digest } }])
  expect(failures).toEqual([])
  const { imageDetails = [] } = await ecr.send(new DescribeImagesCommand({ repositoryName }))
  expect(imageDetails[0]?.imagePushedAt).toBeInstanceOf(Date)
  expect(imageDetails[0]).not.toHaveProperty('subjectManifestDigest')
})

test('an exception is the class the client knows', async () => {
  const missing = new DescribeRepositoriesCommand({ repositoryNames: ['gone'] })
  await expect(ecr.send(missing)).rejects.toSatisfy((error) => error instanceof RepositoryNotFoundException)
})

test('a part out of order says where to go on', async () => {
  const { uploadId } = await ecr.send(new InitiateLayerUploadCommand({ repositoryName }))
  const part = { repositoryName, uploadId, layerPartBlob: Buffer.from('abc') }
  await ecr.send(new UploadLayerPartCommand({ ...part, partFirstByte: 0, partLastByte: 2 }))
  const again = ecr.send(new UploadLayerPartCommand({ ...part, partFirstByte: 0, partLastByte: 2 }))
  await expect(again).rejects.toSatisfy((error) => error instanceof InvalidLayerPartException)
  await expect(again).rejects.toMatchObject({
    registryId: ourAccount,
    repositoryName,
    uploadId,
    lastValidByteReceived: 2,
  })
})

test('a KMS key is refused with what KMS would say', async () => {
  const encryptionConfiguration = { encryptionType: 'KMS' } as const
  const creation = ecr.send(new CreateRepositoryCommand({ repositoryName: 'kms', encryptionConfiguration }))
  await expect(creation).rejects.toSatisfy((error) => error instanceof KmsException)
  await expect(creation).rejects.toMatchObject({ kmsError: 'UnsupportedOperationException' })
})

test('another account is denied in the words of IAM', async () => {
  const list = new DescribeImagesCommand({ registryId: ourAccount, repositoryName })
  await expect(clientOf(theirAccount).send(list)).rejects.toMatchObject({
    name: 'AccessDeniedException',
    message:
      'User: arn:aws:iam::444455556666:root is not authorized to perform: ecr:DescribeImages on resource: arn:aws:ecr:us-east-1:111122223333:repository/team/app because no resource-based policy allows the ecr:DescribeImages action',
  })
})

test('pages follow one another until there is no more', async () => {
  const other = clientOf(theirAccount)
  const names = ['a1', 'a2', 'a3']
  for (const name of names) await other.send(new CreateRepositoryCommand({ repositoryName: name }))
  const pages: (string | undefined)[][] = []
  for await (const { repositories = [] } of paginateDescribeRepositories(
    { client: other, pageSize: 2 },
    {},
  )) {
    pages.push(repositories.map((repository) => repository.repositoryName))
  }
  expect(pages).toEqual([['a1', 'a2'], ['a3']])
})

test('tags are put on and listed', async () => {
  const resourceArn = `arn:aws:ecr:us-east-1:${ourAccount}:repository/${repositoryName}`
  await ecr.send(new TagResourceCommand({ resourceArn, tags: [{ Key: 'team', Value: 'web' }] }))
  const { tags } = await ecr.send(new ListTagsForResourceCommand({ resourceArn }))
  expect(tags).toEqual([{ Key: 'team', Value: 'web' }])
})

test('none of this was a mistake of the server', () => {
  expect(logged).toEqual([])
})

async function uploadLayer(layerPartBlob: Buffer): Promise<void> {
  const { uploadId } = await ecr.send(new InitiateLayerUploadCommand({ repositoryName }))
  const upload = { repositoryName, uploadId }
  const range = { partFirstByte: 0, partLastByte: layerPartBlob.byteLength - 1 }
  await ecr.send(new UploadLayerPartCommand({ ...upload, ...range, layerPartBlob }))
  await ecr.send(new CompleteLayerUploadCommand({ ...upload, layerDigests: [sha256(layerPartBlob)] }))
}

function front({ context }: EcrDesk) {
  const root = rootAccessKeys({ account: ourAccount, id: 'AKIAEXAMPLE', secret: 'secret' })
  return createAwsFront({
    services: [{ name: 'ecr', load: async () => ecrService(context) }],
    accessKeys: developerAccessKeys(root, 'secret'),
    authorise: context.authoriser.authorise.bind(context.authoriser),
    pageSeal: new Seal(new Uint8Array(32), 'page-token'),
    memory: new MemoryBudget({ bytes: 2 ** 28, patienceMs: 10_000 }),
    now: () => new Date(),
    log,
  })
}

function clientOf(accessKeyId: string): ECRClient {
  return new ECRClient({
    endpoint: listener.url,
    region: 'us-east-1',
    credentials: { accessKeyId, secretAccessKey: 'secret' },
    maxAttempts: 1,
  })
}

const log: Log = {
  debug: () => undefined,
  info: () => undefined,
  warn: (facts) => logged.push(facts),
  error: (facts) => logged.push(facts),
}
