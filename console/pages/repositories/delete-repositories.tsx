import { DeleteRepositoryCommand } from '@aws-sdk/client-ecr'
import type { ReactNode } from 'react'
import { useLocation } from 'wouter'
import { useAction } from '../../api/use-action.ts'
import { useEcr } from '../../api/use-clients.ts'
import { paths } from '../../app/paths.ts'
import { DeleteDialog } from '../../parts/delete-dialog.tsx'

/** Deletes repositories with all their images. */
export function DeleteRepositories(props: {
  readonly of: readonly string[]
  readonly onClose: () => void
}): ReactNode {
  const ecr = useEcr()
  const [, go] = useLocation()
  const names = props.of.join(', ')
  const remove = useAction(
    async () => {
      for (const repositoryName of props.of)
        await ecr.send(new DeleteRepositoryCommand({ repositoryName, force: true }))
    },
    {
      done: () => `Deleted ${names}`,
      after: () => {
        props.onClose()
        go(paths.repositories)
      },
    },
  )
  return (
    <DeleteDialog
      title={props.of.length === 1 ? 'Delete repository' : `Delete ${props.of.length} repositories`}
      consequence={
        <>
          <b>{names}</b> will go with all images. Deployments that pull them will fail.
        </>
      }
      isBusy={remove.isPending}
      error={remove.error}
      onDelete={() => remove.mutate(undefined)}
      onClose={props.onClose}
    />
  )
}
