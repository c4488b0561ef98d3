import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { SMTPServer, type SMTPServerOptions } from 'smtp-server'

/** A mail that a server took. */
export interface TakenMail {
  readonly from: string
  readonly to: readonly string[]
  /** Headers and bodies with quoted-printable taken off, so that links can be read. */
  readonly text: string
}

/** An SMTP server of this test alone, on a free port. */
export interface MailServer extends AsyncDisposable {
  /** What Berth is told. */
  readonly url: string
  readonly mails: readonly TakenMail[]
  /** Resolves to the next mail that nobody has waited for yet. */
  next(): Promise<TakenMail>
}

/** Starts a real SMTP server; its options may refuse, delay or encrypt. */
export async function startMailServer(options: SMTPServerOptions = {}): Promise<MailServer> {
  const mails: TakenMail[] = []
  const arrival = new EventTarget()
  const server = new SMTPServer({
    disabledCommands: ['AUTH', 'STARTTLS'],
    onData(stream, { envelope }, done) {
      text(stream).then((raw) => {
        const from = envelope.mailFrom === false ? '' : envelope.mailFrom.address
        const to = envelope.rcptTo.map(({ address }) => address)
        mails.push({ from, to, text: readable(raw) })
        arrival.dispatchEvent(new Event('mail'))
        done()
      }, done)
    },
    ...options,
  })
  server.on('error', () => undefined)
  server.listen(0, '127.0.0.1')
  await once(server.server, 'listening')
  const { port } = server.server.address() as AddressInfo
  let read = 0
  return {
    url: `${options.secure ? 'smtps' : 'smtp'}://127.0.0.1:${port}`,
    mails,
    async next() {
      while (mails.length <= read) await once(arrival, 'mail')
      const mail = mails[read++]
      if (mail === undefined) throw new Error('No mail came')
      return mail
    },
    [Symbol.asyncDispose]: () => new Promise((resolve) => server.close(() => resolve())),
  }
}

/** RFC 2045, section 6.7: soft line breaks go, `=3D` is `=`. */
function readable(raw: string): string {
  return raw
    .replace(/=\r\n/g, '')
    .replace(/((?:=[0-9A-F]{2})+)/g, (codes) => Buffer.from(codes.replaceAll('=', ''), 'hex').toString())
    .replaceAll('\r\n', '\n')
}

/** The first link of a mail that leads to this page. */
export function linkIn({ text: mail }: TakenMail, page: string): string {
  const [link] = new RegExp(`http://\\S+${page}[^\\s"<>]*`).exec(mail) ?? []
  if (link === undefined) throw new Error(`No link to ${page} in:\n${mail}`)
  return link.replaceAll('&amp;', '&')
}
