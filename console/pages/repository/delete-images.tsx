import { BatchDeleteImageCommand, type ImageDetail } from '@aws-sdk/client-ecr'
import type { ReactNode } from 'react'
import { useAction } from '../../api/use-action.ts'
import { useEcr } from '../../api/use-clients.ts'
import { DeleteDialog } from '../../parts/delete-dialog.tsx'
import { digestOf } from './image-columns.tsx'

const mostAtOnce = 100

/** Deletes images with all their tags. */
export function DeleteImages(props: {
  readonly repository: string
  readonly images: readonly ImageDetail[]
  readonly onClose: () => void
  readonly onDeleted?: () => void
}): ReactNode {
  const { repository: repositoryName, images } = props
  const ecr = useEcr()
  const remove = useAction(
    async () => {
      for (let first = 0; first < images.length; first += mostAtOnce) {
        const imageIds = images
          .slice(first, first + mostAtOnce)
          .map((image) => ({ imageDigest: digestOf(image) }))
        const { failures = [] } = await ecr.send(new BatchDeleteImageCommand({ repositoryName, imageIds }))
        const [failure] = failures
        if (failure)
          throw Object.assign(new Error(failure.failureReason), { name: failure.failureCode ?? 'Error' })
      }
    },
    {
      done: () =>
        `Deleted ${images.length === 1 ? 'the image' : `${images.length} images`}; its history can bring back what was deleted`,
      after: () => {
        props.onClose()
        props.onDeleted?.()
      },
    },
  )
  return (
    <DeleteDialog
      title={images.length === 1 ? 'Delete image' : `Delete ${images.length} images`}
      consequence={
        <>
          {images
            .map(({ imageTags, imageDigest }) => imageTags?.join(', ') ?? imageDigest?.slice(0, 19))
            .join('; ')}{' '}
          will go from <b>{repositoryName}</b>. The repository’s History tab restores it for as long as
          garbage collection waits.
        </>
      }
      isBusy={remove.isPending}
      error={remove.error}
      onDelete={() => remove.mutate(undefined)}
      onClose={props.onClose}
    />
  )
}
