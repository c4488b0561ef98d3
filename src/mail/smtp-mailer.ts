import { createTransport } from 'nodemailer'
import { type Mailer, MailRefusedError } from './mailer.ts'

/** Milliseconds that a server may take to connect and to greet. */
const patience = 10_000
/** Milliseconds that it may be silent afterwards. */
const longestSilence = 30_000
const connections = 4

/** A mailer that holds connections. */
export interface SmtpMailer extends Mailer, Disposable {}

/**
 * Hands e-mails to an SMTP server, in TLS where it offers it (`smtp:`) or from the first byte (`smtps:`).
 *
 * @param options.url such as `smtp://user:password@mail.example.com:587`
 * @param options.from the address that stands as the sender and gets what bounces
 * @param options.patienceMs how long the server may take to connect and to greet; ten seconds unless told
 */
export function smtpMailer({
  url,
  from,
  patienceMs = patience,
}: {
  readonly url: string
  readonly from: string
  readonly patienceMs?: number
}): SmtpMailer {
  const transport = createTransport({
    url,
    pool: true,
    maxConnections: connections,
    disableFileAccess: true,
    disableUrlAccess: true,
    connectionTimeout: patienceMs,
    greetingTimeout: patienceMs,
    socketTimeout: longestSilence,
  })
  return {
    async send({ fromName, to, subject, text, html, unsubscribeUrl }) {
      try {
        const { response } = await transport.sendMail({
          from: { name: inOneLine(fromName), address: from },
          to: { name: '', address: to },
          subject: inOneLine(subject),
          text,
          ...(html !== undefined && { html }),
          headers: {
            'Auto-Submitted': 'auto-generated',
            ...(unsubscribeUrl !== undefined && {
              'List-Unsubscribe': `<${unsubscribeUrl}>`,
              'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
            }),
          },
        })
        return response
      } catch (error) {
        throw isRefusal(error) ? new MailRefusedError(error.message, { cause: error }) : error
      }
    },
    [Symbol.dispose]: () => transport.close(),
  }
}

function inOneLine(text: string): string {
  return text.replace(/\p{Cc}+/gu, ' ')
}

/** A server's 5xx about this mail or its receiver (RFC 5321, section 4.2.1); one about who sends it is the operator's to mend. */
function isRefusal(error: unknown): error is Error {
  if (!(error instanceof Error) || !('responseCode' in error) || !('code' in error)) return false
  const { responseCode, code } = error
  const isFinal = typeof responseCode === 'number' && responseCode >= 500
  return isFinal && (code === 'EENVELOPE' || code === 'EMESSAGE')
}
