import { afterEach, beforeEach, expect, test } from 'vitest'
import { startWebHook, type WebHook } from '../../messaging/testing/web-hook.ts'
import { type EventsDesk, openEventsDesk } from './testing/events-desk.ts'

let desk: EventsDesk
let issuer: WebHook
/** The token that the authorization server gives next. */
let token: string
beforeEach(async () => {
  desk = await openEventsDesk()
  issuer = await startWebHook()
  token = 'first'
  issuer.answer = () => ({ status: 200, body: JSON.stringify({ access_token: token, expires_in: 3600 }) })
})
afterEach(async () => {
  await issuer[Symbol.asyncDispose]()
  await desk[Symbol.asyncDispose]()
})

function byOAuth(HttpMethod = 'POST') {
  return {
    AuthorizationType: 'OAUTH_CLIENT_CREDENTIALS',
    AuthParameters: {
      OAuthParameters: {
        ClientParameters: { ClientID: 'berth', ClientSecret: 'very secret' },
        AuthorizationEndpoint: issuer.url,
        HttpMethod,
        OAuthHttpParameters: { BodyParameters: [{ Key: 'scope', Value: 'orders' }] },
      },
    },
  }
}

const describe = () => desk.run('DescribeConnection', { Name: 'hook' })
const shown = () => desk.hook.posted.map(({ headers }) => headers.authorization)

test('a connection is authorized by its own server, and its secret is shown to nobody else', async () => {
  await desk.ruleTo(await desk.destinationAt(desk.hook.url, byOAuth()))
  expect((await describe()).ConnectionState).toBe('AUTHORIZING')
  await desk.world.settle()
  const connection = await describe()
  expect(connection.ConnectionState).toBe('AUTHORIZED')
  expect(connection.AuthParameters.OAuthParameters).toMatchObject({ ClientParameters: { ClientID: 'berth' } })
  expect(JSON.stringify(connection)).not.toContain('very secret')
  expect(issuer.posted[0]?.body).toBe(
    'grant_type=client_credentials&client_id=berth&client_secret=very+secret&scope=orders',
  )
  await desk.putOrder()
  await desk.putOrder()
  expect(shown()).toEqual(['Bearer first', 'Bearer first'])
  expect(desk.hook.posted.some(({ body }) => body.includes('secret'))).toBe(false)
})

test('a token that is refused or over is asked for anew', async () => {
  await desk.ruleTo(await desk.destinationAt(desk.hook.url, byOAuth('GET')))
  await desk.putOrder()
  expect(issuer.posted.at(-1)?.url).toContain('grant_type=client_credentials&client_id=berth')
  token = 'second'
  desk.hook.answer = ({ headers }) => ({ status: headers.authorization === 'Bearer second' ? 200 : 401 })
  await desk.putOrder()
  desk.world.pass(1_000)
  await desk.world.settle()
  expect(shown()).toEqual(['Bearer first', 'Bearer first', 'Bearer second'])
  token = 'third'
  desk.hook.answer = () => ({ status: 200 })
  desk.world.pass(3_600_000)
  await desk.putOrder()
  expect(shown().at(-1)).toBe('Bearer third')
})

test('a server that gives no token leaves the connection unauthorized, and nothing is sent by it', async () => {
  issuer.answer = () => ({ status: 401 })
  await desk.ruleTo(await desk.destinationAt(desk.hook.url, byOAuth()))
  await desk.world.settle()
  expect(await describe()).toMatchObject({
    ConnectionState: 'DEAUTHORIZED',
    StateReason: 'The authorization server answered HTTP 401',
  })
  await desk.putOrder()
  expect(desk.hook.posted).toEqual([])
  expect((await desk.run('ListConnections', { ConnectionState: 'AUTHORIZED' })).Connections).toEqual([])
  const listed = await desk.run('ListConnections', { ConnectionState: 'DEAUTHORIZED' })
  expect(listed.Connections).toMatchObject([{ Name: 'hook' }])
})

test('a connection that is deauthorized forgets its secrets, and nothing is sent by it until it is told others', async () => {
  const byKey = (ApiKeyValue: string) => ({
    AuthorizationType: 'API_KEY',
    AuthParameters: { ApiKeyAuthParameters: { ApiKeyName: 'x-key', ApiKeyValue } },
  })
  const destination = () => desk.run('DescribeApiDestination', { Name: 'hook' })
  await desk.ruleTo(await desk.destinationAt(desk.hook.url, byKey('first')))
  const answer = await desk.run('DeauthorizeConnection', { Name: 'hook' })
  expect(answer.ConnectionState).toBe('DEAUTHORIZED')
  expect((await describe()).AuthParameters).toEqual({})
  expect((await destination()).ApiDestinationState).toBe('INACTIVE')
  await desk.putOrder()
  expect(desk.hook.posted).toEqual([])
  await desk.run('UpdateConnection', { Name: 'hook', Description: 'empty' })
  expect(await describe()).toMatchObject({ ConnectionState: 'DEAUTHORIZED', Description: 'empty' })
  await desk.run('UpdateConnection', { Name: 'hook', ...byKey('second') })
  expect((await destination()).ApiDestinationState).toBe('ACTIVE')
  await desk.putOrder()
  expect(desk.hook.posted.map(({ headers }) => headers['x-key'])).toEqual(['second'])
})
