import { X509Certificate } from 'node:crypto'
import {
  DeleteSigningConfigurationCommand,
  DescribeImageSigningStatusCommand,
  GetSigningConfigurationCommand,
  type ImageSigningStatus,
  ListImageReferrersCommand,
  PutSigningConfigurationCommand,
  type SigningRule,
} from '@aws-sdk/client-ecr'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { askBerth } from '../support/ask-berth.ts'
import { pushImage } from '../support/push-image.ts'
import { type LocalBerth, startBerth } from '../support/start-berth.ts'

const arnOf = (name: string, account = '000000000000') =>
  `arn:aws:signer:us-east-1:${account}:/signing-profiles/${name}`

let berth: LocalBerth
beforeAll(async () => {
  berth = await startBerth()
})
afterAll(() => berth[Symbol.asyncDispose]())

async function put(...rules: readonly SigningRule[]): Promise<void> {
  await berth.ecr.send(new PutSigningConfigurationCommand({ signingConfiguration: { rules: [...rules] } }))
}

async function call(operation: string, input: object) {
  const { rootAccessKey: keyId, rootSecretKey: secret } = berth.secrets
  const asker = { port: berth.port, keyId, secret }
  const { status, body } = await askBerth(asker, `/berth/v1/${operation}`, JSON.stringify(input))
  return { status, answer: JSON.parse(body) }
}

/** How the signatures of an image stand once none is being made. */
async function settled(repositoryName: string, imageDigest: string): Promise<ImageSigningStatus[]> {
  return vi.waitFor(
    async () => {
      const asked = { repositoryName, imageId: { imageDigest } }
      const { signingStatuses = [] } = await berth.ecr.send(new DescribeImageSigningStatusCommand(asked))
      expect(signingStatuses.map(({ status }) => status)).not.toContain('IN_PROGRESS')
      return signingStatuses
    },
    { timeout: 30_000 },
  )
}

async function referrersOf(repositoryName: string, imageDigest: string) {
  const asked = { repositoryName, subjectId: { imageDigest } }
  return (await berth.ecr.send(new ListImageReferrersCommand(asked))).referrers ?? []
}

test('without a configuration there is none to get or delete', async () => {
  const missing = {
    name: 'SigningConfigurationNotFoundException',
    message: 'The specified signing configuration was not found.',
  }
  await expect(berth.ecr.send(new GetSigningConfigurationCommand())).rejects.toMatchObject(missing)
  await expect(berth.ecr.send(new DeleteSigningConfigurationCommand())).rejects.toMatchObject(missing)
})

test('a configuration is told as it was put, and deleted with what it was', async () => {
  const rules: SigningRule[] = [
    {
      signingProfileArn: arnOf('release'),
      repositoryFilters: [{ filter: 'prod/*', filterType: 'WILDCARD_MATCH' }],
    },
    { signingProfileArn: arnOf('audit') },
  ]
  await put(...rules)
  const told = { registryId: '000000000000', signingConfiguration: { rules } }
  expect(await berth.ecr.send(new GetSigningConfigurationCommand())).toMatchObject(told)
  expect(await berth.ecr.send(new DeleteSigningConfigurationCommand())).toMatchObject(told)
  await expect(berth.ecr.send(new GetSigningConfigurationCommand())).rejects.toThrow('not found')
})

test('an image that is pushed is signed by each profile whose filters fit, and a signature is not', async () => {
  await call('CreateSigningKey', { profileName: 'on_push' })
  await put(
    { signingProfileArn: arnOf('on_push') },
    {
      signingProfileArn: arnOf('elsewhere'),
      repositoryFilters: [{ filter: 'other/*', filterType: 'WILDCARD_MATCH' }],
    },
  )
  await berth.createRepository('signed/app')
  const { digest } = await berth.pushRandomImage('signed/app', 'v1')
  expect(await settled('signed/app', digest)).toEqual([
    { signingProfileArn: arnOf('on_push'), status: 'COMPLETE' },
  ])
  const [signature, ...others] = await referrersOf('signed/app', digest)
  expect(others).toEqual([])
  expect(signature).toMatchObject({ artifactType: 'application/vnd.cncf.notary.signature' })
  expect(await settled('signed/app', signature?.digest ?? '')).toEqual([])
})

test('what is signed is not signed again when it is pushed again', async () => {
  await call('CreateSigningKey', { profileName: 'once' })
  await put({ signingProfileArn: arnOf('once') })
  await berth.createRepository('signed/again')
  const image = await berth.pushRandomImage('signed/again', 'v1')
  await settled('signed/again', image.digest)
  await pushImage(berth, 'signed/again', 'v2', image)
  await settled('signed/again', image.digest)
  expect(await referrersOf('signed/again', image.digest)).toHaveLength(1)
})

test('a profile without a key, and one of another account, fail with the reason and leave the push alone', async () => {
  await put({ signingProfileArn: arnOf('nobody') }, { signingProfileArn: arnOf('theirs', '111122223333') })
  await berth.createRepository('signed/not')
  const { digest } = await berth.pushRandomImage('signed/not', 'v1')
  expect(await settled('signed/not', digest)).toMatchObject([
    { signingProfileArn: arnOf('nobody'), status: 'FAILED', failureCode: 'ResourceNotFoundException' },
    {
      signingProfileArn: arnOf('theirs', '111122223333'),
      status: 'FAILED',
      failureCode: 'AccessDeniedException',
    },
  ])
  expect(await referrersOf('signed/not', digest)).toEqual([])
})

test('keys are listed with their certificates, never given twice, and deleted for good', async () => {
  const { answer: key } = await call('CreateSigningKey', { profileName: 'listed' })
  expect(key.signingProfileArn).toBe(arnOf('listed'))
  expect(new X509Certificate(key.trustedCertificate).ca).toBe(true)
  expect(JSON.stringify(key)).not.toContain('PRIVATE')
  expect(await call('CreateSigningKey', { profileName: 'listed' })).toMatchObject({
    status: 400,
    answer: { __type: 'SigningKeyAlreadyExistsException' },
  })
  const names = (await call('ListSigningKeys', {})).answer.keys.map(
    (one: { profileName: string }) => one.profileName,
  )
  expect(names).toContain('listed')
  expect((await call('DeleteSigningKey', { profileName: 'listed' })).status).toBe(200)
  expect(await call('DeleteSigningKey', { profileName: 'listed' })).toMatchObject({
    status: 400,
    answer: { __type: 'SigningKeyNotFoundException' },
  })
})
