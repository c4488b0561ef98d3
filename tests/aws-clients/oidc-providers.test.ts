import { afterAll, beforeAll, expect, test } from 'vitest'
import { askQuery, type Parameters } from '../support/ask-query.ts'
import { type LocalBerth, startBerth } from '../support/start-berth.ts'

const account = '000000000000'
const Url = 'https://ci.example.com/oidc'
const OpenIDConnectProviderArn = `arn:aws:iam::${account}:oidc-provider/ci.example.com/oidc`

let berth: LocalBerth
beforeAll(async () => {
  berth = await startBerth()
})
afterAll(async () => {
  expect(berth.failures).toEqual([])
  await berth[Symbol.asyncDispose]()
})

function ask(action: string, parameters: Parameters = {}) {
  const { rootAccessKey: AccessKeyId, rootSecretKey: SecretAccessKey } = berth.secrets
  return askQuery(berth, { AccessKeyId, SecretAccessKey }, ['iam', action, parameters])
}

test('an issuer is believed once in an account, is listed and counted, and is gone when it is deleted', async () => {
  const Tags = [{ Key: 'team', Value: 'web' }]
  const wanted = { Url, ClientIDList: ['berth'], ThumbprintList: ['AB'.repeat(20)], Tags }
  expect((await ask('CreateOpenIDConnectProvider', wanted)).result).toEqual({
    OpenIDConnectProviderArn,
    Tags,
  })
  expect(await ask('CreateOpenIDConnectProvider', { Url })).toMatchObject({
    code: 'EntityAlreadyExists',
    message: `Provider with url ${Url} already exists.`,
  })
  expect((await ask('ListOpenIDConnectProviders')).result.OpenIDConnectProviderList).toEqual([
    { Arn: OpenIDConnectProviderArn },
  ])
  expect((await ask('GetOpenIDConnectProvider', { OpenIDConnectProviderArn })).result).toMatchObject({
    Url: 'ci.example.com/oidc',
    ClientIDList: ['berth'],
    ThumbprintList: ['ab'.repeat(20)],
    Tags,
  })
  expect((await ask('GetAccountSummary')).result.SummaryMap).toMatchObject({ Providers: 1 })
  expect((await ask('DeleteOpenIDConnectProvider', { OpenIDConnectProviderArn })).code).toBe('Success')
  expect(await ask('DeleteOpenIDConnectProvider', { OpenIDConnectProviderArn })).toMatchObject({
    code: 'NoSuchEntity',
    message: `OpenId connect Provider ${OpenIDConnectProviderArn} cannot be found.`,
  })
  await ask('CreateOpenIDConnectProvider', { Url })
  expect(
    (await ask('ListOpenIDConnectProviderTags', { OpenIDConnectProviderArn })).result.Tags ?? [],
  ).toEqual([])
})

test("clients are added and taken away, each once, up to AWS's quota", async () => {
  const OpenIDConnectProviderArn = `arn:aws:iam::${account}:oidc-provider/many.example.com`
  const ClientIDList = Array.from({ length: 100 }, (_, at) => `client-${at}`)
  await ask('CreateOpenIDConnectProvider', { Url: 'https://many.example.com', ClientIDList })
  const add = (ClientID: string) =>
    ask('AddClientIDToOpenIDConnectProvider', { OpenIDConnectProviderArn, ClientID })
  expect((await add('client-7')).code).toBe('Success')
  expect(await add('one-more')).toMatchObject({
    code: 'LimitExceeded',
    message: 'Cannot exceed quota for ClientIdsPerOpenIdConnectProvider: 100',
  })
  const remove = { OpenIDConnectProviderArn, ClientID: 'client-7' }
  for (const _ of ['there', 'gone']) {
    expect((await ask('RemoveClientIDFromOpenIDConnectProvider', remove)).code).toBe('Success')
  }
  expect((await add('one-more')).code).toBe('Success')
  const { ClientIDList: left } = (await ask('GetOpenIDConnectProvider', { OpenIDConnectProviderArn })).result
  expect(left).toEqual([...ClientIDList.filter((id) => id !== 'client-7'), 'one-more'])
})
