import {
  CreateRepositoryCommand,
  type ECRClient,
  type ImageTagMutability,
  PutImageScanningConfigurationCommand,
  PutImageTagMutabilityCommand,
  type Repository,
} from '@aws-sdk/client-ecr'
import FormField from '@cloudscape-design/components/form-field'
import Input from '@cloudscape-design/components/input'
import Tiles from '@cloudscape-design/components/tiles'
import Toggle from '@cloudscape-design/components/toggle'
import { type ReactNode, useState } from 'react'
import { useAction } from '../../api/use-action.ts'
import { useEcr } from '../../api/use-clients.ts'
import { readNames } from '../../format/name-list.ts'
import { FormDialog } from '../../parts/form-dialog.tsx'
import { Optional } from '../../parts/optional.tsx'

interface Wanted {
  readonly name: string
  readonly mutability: ImageTagMutability
  readonly filters: readonly string[]
  readonly scanOnPush: boolean
}

const choices: readonly { value: ImageTagMutability; label: string; description: string }[] = [
  { value: 'MUTABLE', label: 'Mutable', description: 'Tags can be pushed over.' },
  { value: 'IMMUTABLE', label: 'Immutable', description: 'A tag stays with its image.' },
]

/** Creates a repository, or changes what can be changed of one. */
export function RepositoryForm({
  of,
  onClose,
}: {
  readonly of?: Repository
  readonly onClose: () => void
}): ReactNode {
  const ecr = useEcr()
  const [wanted, setWanted] = useState(() => asItIs(of))
  const [filterText, setFilterText] = useState(wanted.filters.join(', '))
  const change = (part: Partial<Wanted>) => setWanted((before) => ({ ...before, ...part }))
  const title = of === undefined ? 'Create repository' : `Edit ${wanted.name}`
  const save = useAction(
    () => {
      const filters = readNames(filterText)
      return of === undefined ? create(ecr, { ...wanted, filters }) : edit(ecr, { ...wanted, filters })
    },
    { done: () => (of === undefined ? `Created ${wanted.name}` : `Saved ${wanted.name}`), after: onClose },
  )
  return (
    <FormDialog
      title={title}
      verb={of === undefined ? 'Create' : 'Save'}
      isWhole={wanted.name !== ''}
      isBusy={save.isPending}
      error={save.error}
      onSubmit={() => save.mutate(undefined)}
      onClose={onClose}
    >
      {of === undefined && (
        <FormField
          label="Repository name"
          constraintText="2 to 256 characters: a-z, 0-9, and . _ - / between them."
        >
          <Input
            value={wanted.name}
            placeholder="team/app"
            autoFocus
            spellcheck={false}
            onChange={({ detail }) => change({ name: detail.value })}
          />
        </FormField>
      )}
      <FormField label="Image tags">
        <Tiles
          columns={2}
          value={wanted.mutability.replace(/_WITH_EXCLUSION$/, '')}
          items={[...choices]}
          onChange={({ detail }) =>
            change({ mutability: detail.value === 'IMMUTABLE' ? 'IMMUTABLE' : 'MUTABLE' })
          }
        />
      </FormField>
      <FormField
        label={<Optional>Except tags</Optional>}
        constraintText="Up to five patterns for which the opposite holds, such as latest, dev-*"
      >
        <Input value={filterText} spellcheck={false} onChange={({ detail }) => setFilterText(detail.value)} />
      </FormField>
      <Toggle checked={wanted.scanOnPush} onChange={({ detail }) => change({ scanOnPush: detail.checked })}>
        Scan images on push
      </Toggle>
    </FormDialog>
  )
}

function asItIs(of: Repository | undefined): Wanted {
  return {
    name: of?.repositoryName ?? '',
    mutability: of?.imageTagMutability?.startsWith('IMMUTABLE') ? 'IMMUTABLE' : 'MUTABLE',
    filters: (of?.imageTagMutabilityExclusionFilters ?? []).map(({ filter = '' }) => filter),
    scanOnPush: of?.imageScanningConfiguration?.scanOnPush ?? false,
  }
}

function mutabilityMembers({ mutability, filters }: Wanted) {
  if (filters.length === 0) return { imageTagMutability: mutability }
  const imageTagMutability: ImageTagMutability = `${mutability === 'IMMUTABLE' ? 'IMMUTABLE' : 'MUTABLE'}_WITH_EXCLUSION`
  return {
    imageTagMutability,
    imageTagMutabilityExclusionFilters: filters.map((filter) => ({
      filterType: 'WILDCARD' as const,
      filter,
    })),
  }
}

function create(ecr: ECRClient, wanted: Wanted) {
  return ecr.send(
    new CreateRepositoryCommand({
      repositoryName: wanted.name,
      ...mutabilityMembers(wanted),
      imageScanningConfiguration: { scanOnPush: wanted.scanOnPush },
    }),
  )
}

async function edit(ecr: ECRClient, wanted: Wanted): Promise<void> {
  const { name: repositoryName, scanOnPush } = wanted
  await ecr.send(new PutImageTagMutabilityCommand({ repositoryName, ...mutabilityMembers(wanted) }))
  await ecr.send(
    new PutImageScanningConfigurationCommand({ repositoryName, imageScanningConfiguration: { scanOnPush } }),
  )
}
