import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { temporaryFolder } from '../../tests/support/temporary-folder.ts'
import { upstreamSecrets } from './upstream-secrets.ts'

const arn = 'arn:aws:secretsmanager:us-east-1:111122223333:secret:ecr-pullthroughcache/hub-a1B2c3'
const entry = { username: 'ada', accessToken: 'lovelace' }
const account = { username: 'ada', password: 'lovelace' }

test.each([arn, 'ecr-pullthroughcache/hub-a1B2c3', 'ecr-pullthroughcache/hub'])(
  'a secret is found under %s',
  async (key) => {
    expect(await upstreamSecrets(JSON.stringify({ [key]: entry }))(arn)).toEqual(account)
  },
)

test('a file is read each time', async () => {
  await using folder = await temporaryFolder()
  const file = join(folder.path, 'secrets.json')
  const find = upstreamSecrets(file)
  await expect(find(arn)).rejects.toThrow('The secret is unable to be accessed.')
  await writeFile(file, JSON.stringify({ 'ecr-pullthroughcache/hub': entry }))
  expect(await find(arn)).toEqual(account)
  await writeFile(file, JSON.stringify({ 'ecr-pullthroughcache/hub': { ...entry, accessToken: 'new' } }))
  expect(await find(arn)).toEqual({ ...account, password: 'new' })
})

test.each([
  ['nothing', undefined, 'was not found'],
  ['another secret', '{"ecr-pullthroughcache/other":{}}', 'was not found'],
  ['what every object has', '{}', 'was not found'],
  ['no JSON', '{"ecr-pullthroughcache/hub": lovelace', 'unable to be accessed'],
  ['half a secret', '{"ecr-pullthroughcache/hub":{"username":"ada"}}', 'unable to be decrypted'],
])('%s is no secret, and no error tells of it', async (_what, source, text) => {
  const error: unknown = await upstreamSecrets(source)(arn).catch((caught: unknown) => caught)
  expect(String(error)).toContain(text)
  expect(JSON.stringify(error) + String(error)).not.toContain('lovelace')
})
