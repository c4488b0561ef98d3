import { generateKeyPairSync } from 'node:crypto'
import { once } from 'node:events'
import { type AddressInfo, createServer } from 'node:net'
import { expect, test } from 'vitest'
import { linkIn, startMailServer } from '../../tests/support/mail-server.ts'
import { selfSignedCertificate } from '../tls/local-ca/self-signed.ts'
import { MailRefusedError } from './mailer.ts'
import { smtpMailer } from './smtp-mailer.ts'

const mail = { fromName: 'Team', to: 'dev@example.com', subject: 'News', text: 'Hello\n' }
const from = 'berth@example.com'

/** What an SMTP server answers, with its code. */
function answer(responseCode: number, message: string): Error {
  return Object.assign(new Error(message), { responseCode })
}

test('an e-mail arrives as it was meant', async () => {
  await using server = await startMailServer()
  using mailer = smtpMailer({ url: server.url, from })
  const unsubscribeUrl = 'http://localhost/unsubscribe.html?a=b'
  expect(await mailer.send({ ...mail, html: '<p>Hello</p>', unsubscribeUrl })).toContain('250')
  const taken = await server.next()
  expect(taken).toMatchObject({ from, to: ['dev@example.com'] })
  expect(taken.text).toContain('From: Team <berth@example.com>')
  expect(taken.text).toContain('Auto-Submitted: auto-generated')
  expect(taken.text).toContain('List-Unsubscribe-Post: List-Unsubscribe=One-Click')
  expect(linkIn(taken, '/unsubscribe.html')).toBe(unsubscribeUrl)
})

test('nothing in a mail becomes a header or a receiver of its own', async () => {
  await using server = await startMailServer()
  using mailer = smtpMailer({ url: server.url, from })
  await mailer.send({
    ...mail,
    fromName: 'Team\r\nBcc: a@evil.example',
    subject: 'News\r\nBcc: b@evil.example',
  })
  const taken = await server.next()
  expect(taken.to).toEqual(['dev@example.com'])
  expect(taken.text).not.toMatch(/^Bcc:/im)
})

test('a greylisted e-mail is one to try again, and then arrives', async () => {
  let greylisted = true
  await using server = await startMailServer({
    onRcptTo(_address, _session, done) {
      const refusal = greylisted ? answer(451, 'Greylisted, try again') : undefined
      greylisted = false
      done(refusal)
    },
  })
  using mailer = smtpMailer({ url: server.url, from })
  const first = mailer.send(mail)
  await expect(first).rejects.toThrow('Greylisted')
  await expect(first).rejects.not.toThrow(MailRefusedError)
  expect(await mailer.send(mail)).toContain('250')
})

test('a receiver that does not exist is not tried again', async () => {
  await using server = await startMailServer({
    onRcptTo: (_address, _session, done) => done(answer(550, 'No such user')),
  })
  using mailer = smtpMailer({ url: server.url, from })
  await expect(mailer.send(mail)).rejects.toThrow(MailRefusedError)
})

test('a server that nobody is behind is one to try again', async () => {
  const server = await startMailServer()
  await server[Symbol.asyncDispose]()
  using mailer = smtpMailer({ url: server.url, from })
  const sending = mailer.send(mail)
  await expect(sending).rejects.toThrow()
  await expect(sending).rejects.not.toThrow(MailRefusedError)
})

test('user and password are shown to the server, and a certificate that nobody knows is not believed', async () => {
  const seen: unknown[] = []
  await using server = await startMailServer({
    disabledCommands: ['STARTTLS'],
    allowInsecureAuth: true,
    onAuth({ username, password }, _session, done) {
      seen.push(username, password)
      done(null, { user: 'team' })
    },
  })
  using mailer = smtpMailer({ url: server.url.replace('://', '://team:secret@'), from })
  await mailer.send(mail)
  expect(seen).toEqual(['team', 'secret'])
  await using tls = await startMailServer({ secure: true })
  using wary = smtpMailer({ url: tls.url, from })
  await expect(wary.send(mail)).rejects.toThrow(/self-signed|certificate/)
})

test('a server that never greets is given up after a while, to be tried again', async () => {
  const silent = createServer(() => undefined)
  silent.listen(0, '127.0.0.1')
  await once(silent, 'listening')
  const { port } = silent.address() as AddressInfo
  using mailer = smtpMailer({ url: `smtp://127.0.0.1:${port}`, from, patienceMs: 50 })
  const sending = mailer.send(mail)
  await expect(sending).rejects.toThrow(/Greeting never received/)
  await expect(sending).rejects.not.toThrow(MailRefusedError)
  silent.close()
})

test('a server that offers TLS is spoken to in TLS, by smtp and by smtps', async () => {
  const { privateKey: key } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  const cert = selfSignedCertificate({ subject: '127.0.0.1', key, now: new Date() })
  const tls = { key: key.export({ type: 'pkcs8', format: 'pem' }).toString(), cert }
  for (const secure of [false, true]) {
    let isEncrypted: boolean | undefined
    await using server = await startMailServer({
      ...tls,
      secure,
      disabledCommands: ['AUTH'],
      onMailFrom(_address, session, done) {
        isEncrypted = session.secure
        done()
      },
    })
    using wary = smtpMailer({ url: server.url, from })
    await expect(wary.send(mail)).rejects.toThrow(/self-signed/)
    using trusting = smtpMailer({ url: `${server.url}/?tls.rejectUnauthorized=false`, from })
    await trusting.send(mail)
    expect(isEncrypted).toBe(true)
  }
})
