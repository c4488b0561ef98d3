import type { ReactNode } from 'react'
import type { Mail } from '../../api/berth-operations.ts'

/**
 * An e-mail as a mail program shows it, in a frame that runs no script, sends no form and has no part in the console's origin. Its links
 * open in windows of their own.
 */
export function MailBody({ mail }: { readonly mail: Mail }): ReactNode {
  if (mail.html === undefined) return <pre className="code mono">{mail.text}</pre>
  return (
    <iframe
      key={mail.mailId}
      className="mail"
      title={`E-mail: ${mail.subject}`}
      sandbox="allow-popups allow-popups-to-escape-sandbox"
      referrerPolicy="no-referrer"
      srcDoc={`<base target="_blank">${mail.html}`}
    />
  )
}
