import { IAMClient, ListRolesCommand, ListUsersCommand, type Role, type User } from '@aws-sdk/client-iam'
import Header from '@cloudscape-design/components/header'
import SpaceBetween from '@cloudscape-design/components/space-between'
import { type ReactNode, useMemo } from 'react'
import { clientConfig } from '../../api/use-clients.ts'
import { usePages } from '../../api/use-pages.ts'
import { Copyable } from '../../parts/copyable.tsx'
import { Empty } from '../../parts/empty.tsx'
import { Moment } from '../../parts/moment.tsx'
import { type Column, ResourceTable } from '../../parts/resource-table.tsx'
import { useSignedIn } from '../../session/session-context.tsx'

/** The account's users and roles. */
export function AccessPage(): ReactNode {
  const { session } = useSignedIn()
  const iam = useMemo(() => new IAMClient(clientConfig(session)), [session])
  const users = usePages<User>(['users'], async (Marker) => {
    const page = await iam.send(new ListUsersCommand({ Marker }))
    return { items: page.Users ?? [], nextToken: page.Marker }
  })
  const roles = usePages<Role>(['roles'], async (Marker) => {
    const page = await iam.send(new ListRolesCommand({ Marker }))
    return { items: page.Roles ?? [], nextToken: page.Marker }
  })
  return (
    <SpaceBetween size="l">
      <Header variant="h1" description="Users and roles of this account, whose policies say what they may.">
        Access
      </Header>
      <ResourceTable
        title="Users"
        pages={users}
        columns={columnsOf<User>(({ UserName }) => UserName)}
        idOf={({ UserName = '' }) => UserName}
        textOf={({ UserName = '' }) => UserName}
        empty={<Empty title="No users yet" command="aws iam create-user --user-name ci" />}
      />
      <ResourceTable
        title="Roles"
        pages={roles}
        columns={columnsOf<Role>(({ RoleName }) => RoleName)}
        idOf={({ RoleName = '' }) => RoleName}
        textOf={({ RoleName = '' }) => RoleName}
        empty={
          <Empty
            title="No roles yet"
            command="aws iam create-role --role-name deploy --assume-role-policy-document file://trust.json"
          />
        }
      />
    </SpaceBetween>
  )
}

interface Entity {
  readonly Arn?: string | undefined
  readonly Path?: string | undefined
  readonly CreateDate?: Date | undefined
}

function columnsOf<Kind extends Entity>(
  nameOf: (entity: Kind) => string | undefined,
): readonly Column<Kind>[] {
  return [
    { id: 'name', header: 'Name', cell: nameOf, sortBy: nameOf },
    { id: 'arn', header: 'ARN', cell: ({ Arn = '' }) => <Copyable text={Arn} name="ARN" /> },
    { id: 'path', header: 'Path', cell: ({ Path = '/' }) => Path },
    {
      id: 'created',
      header: 'Created at',
      cell: ({ CreateDate }) => <Moment at={CreateDate} />,
      sortBy: ({ CreateDate }) => CreateDate?.getTime(),
    },
  ]
}
