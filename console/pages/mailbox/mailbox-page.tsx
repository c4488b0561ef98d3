import Box from '@cloudscape-design/components/box'
import Container from '@cloudscape-design/components/container'
import Header from '@cloudscape-design/components/header'
import SpaceBetween from '@cloudscape-design/components/space-between'
import { type ReactNode, useState } from 'react'
import type { Mail } from '../../api/berth-operations.ts'
import { useBerth } from '../../api/use-clients.ts'
import { usePages } from '../../api/use-pages.ts'
import { Empty } from '../../parts/empty.tsx'
import { Moment } from '../../parts/moment.tsx'
import { type Column, ResourceTable } from '../../parts/resource-table.tsx'
import { MailBody } from './mail-body.tsx'

/** How often the mailbox is looked into, in ms: whoever subscribes waits for the e-mail here. */
const lookEvery = 5_000

/** The e-mails that Berth would have sent, had it a mail server. */
export function MailboxPage(): ReactNode {
  const berth = useBerth()
  const [opened, setOpened] = useState<Mail>()
  const pages = usePages<Mail>(
    ['mail'],
    async (nextToken) => {
      const page = await berth('ListMail', { nextToken, maxResults: 100 })
      return { items: page.mails, nextToken: page.nextToken }
    },
    { every: lookEvery },
  )
  const shown = opened ?? pages.items[0]
  return (
    <SpaceBetween size="l">
      <ResourceTable
        title="Mailbox"
        variant="full-page"
        description="Without --smtp-url Berth keeps the e-mails that it would send."
        pages={pages}
        columns={columns}
        idOf={({ mailId }) => String(mailId)}
        textOf={({ to, subject, text }) => `${to} ${subject} ${text}`}
        onOpen={setOpened}
        empty={
          <Empty
            title="No e-mail yet"
            next="Subscribe an address to a topic, and the e-mail that asks for your consent arrives here:"
            command="aws sns subscribe --topic-arn <topic> --protocol email --notification-endpoint you@example.com"
          />
        }
      />
      {shown && (
        <Container header={<Header variant="h2">{shown.subject}</Header>}>
          <SpaceBetween size="s">
            <Box color="text-body-secondary">
              From {shown.from} to {shown.to}, <Moment at={shown.sentAt} />
            </Box>
            <MailBody mail={shown} />
          </SpaceBetween>
        </Container>
      )}
    </SpaceBetween>
  )
}

const columns: readonly Column<Mail>[] = [
  {
    id: 'subject',
    header: 'Subject',
    cell: ({ subject }) => subject,
    sortBy: ({ subject }) => subject,
    opens: true,
  },
  { id: 'to', header: 'To', cell: ({ to }) => to, sortBy: ({ to }) => to },
  {
    id: 'at',
    header: 'Sent at',
    cell: ({ sentAt }) => <Moment at={sentAt} />,
    sortBy: ({ sentAt }) => sentAt,
  },
]
