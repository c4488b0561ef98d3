import CopyToClipboard from '@cloudscape-design/components/copy-to-clipboard'
import type { ReactNode } from 'react'

/** A text with a button that copies it; `shown` stands for one that is too long to show. */
export function Copyable(props: {
  readonly text: string
  readonly shown?: string
  readonly name: string
}): ReactNode {
  const { text, shown = text, name } = props
  return (
    <span title={text}>
      <CopyToClipboard
        variant="inline"
        textToCopy={text}
        textToDisplay={shown}
        copyButtonAriaLabel={`Copy ${name} ${text}`}
        copySuccessText="Copied"
        copyErrorText="The browser refused; select the text instead"
      />
    </span>
  )
}
