import CopyToClipboard from '@cloudscape-design/components/copy-to-clipboard'
import type { ReactNode } from 'react'

/** A command with a button that copies it. */
export function CodeLine({ text }: { readonly text: string }): ReactNode {
  return (
    <div className="code-line">
      <CopyToClipboard
        variant="icon"
        textToCopy={text}
        copyButtonAriaLabel={`Copy ${text}`}
        copySuccessText="Copied"
        copyErrorText="The browser refused; select the text instead"
      />
      <code className="mono">{text}</code>
    </div>
  )
}
