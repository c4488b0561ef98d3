import Box from '@cloudscape-design/components/box'
import Button from '@cloudscape-design/components/button'
import Modal from '@cloudscape-design/components/modal'
import SpaceBetween from '@cloudscape-design/components/space-between'
import Tabs from '@cloudscape-design/components/tabs'
import type { ReactNode } from 'react'
import { pushCommands, type Shell } from '../../format/push-commands.ts'
import { CodeLine } from '../../parts/code-line.tsx'
import { useSignedIn } from '../../session/session-context.tsx'

/** The commands that push to a repository of this very host. */
export function PushCommands({
  uri,
  onClose,
}: {
  readonly uri: string
  readonly onClose: () => void
}): ReactNode {
  const { session } = useSignedIn()
  const steps = (shell: Shell) => (
    <SpaceBetween size="m">
      {pushCommands(shell, { uri, region: session.region, endpoint: location.origin }).map(
        ({ text, command }, index) => (
          <div key={text}>
            <Box margin={{ bottom: 'xxs' }}>
              {index + 1}. {text}
            </Box>
            <CodeLine text={command} />
          </div>
        ),
      )}
      <Box color="text-body-secondary">
        The aws command line needs keys of this Berth first: <Box variant="code">eval "$(npx berth env)"</Box>
      </Box>
    </SpaceBetween>
  )
  return (
    <Modal
      visible
      size="large"
      header={`Push commands for ${uri.slice(uri.indexOf('/') + 1)}`}
      onDismiss={onClose}
      closeAriaLabel="Close"
      footer={
        <Box float="right">
          <Button variant="primary" onClick={onClose}>
            Close
          </Button>
        </Box>
      }
    >
      <Tabs
        tabs={[
          { id: 'unix', label: 'macOS / Linux', content: steps('unix') },
          { id: 'windows', label: 'Windows', content: steps('windows') },
        ]}
      />
    </Modal>
  )
}
