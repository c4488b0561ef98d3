import {
  CreateRepositoryCreationTemplateCommand,
  type ImageTagMutability,
  type RCTAppliedFor,
  type RepositoryCreationTemplate,
  UpdateRepositoryCreationTemplateCommand,
} from '@aws-sdk/client-ecr'
import FormField from '@cloudscape-design/components/form-field'
import Input from '@cloudscape-design/components/input'
import Multiselect from '@cloudscape-design/components/multiselect'
import Select from '@cloudscape-design/components/select'
import Textarea from '@cloudscape-design/components/textarea'
import { type ReactNode, useState } from 'react'
import { useAction } from '../../api/use-action.ts'
import { useEcr } from '../../api/use-clients.ts'
import { jsonProblem } from '../../format/json.ts'
import { inWords } from '../../format/words.ts'
import { FormDialog } from '../../parts/form-dialog.tsx'
import { Optional } from '../../parts/optional.tsx'

const occasions: readonly RCTAppliedFor[] = ['CREATE_ON_PUSH', 'PULL_THROUGH_CACHE', 'REPLICATION']
const mutabilities: readonly ImageTagMutability[] = ['MUTABLE', 'IMMUTABLE']
const optionOf = <Value extends string>(value: Value) => ({ value, label: inWords(value) })

/** Creates a template, or changes one. */
export function TemplateForm(props: {
  readonly of?: RepositoryCreationTemplate | undefined
  readonly onClose: () => void
}): ReactNode {
  const { of, onClose } = props
  const ecr = useEcr()
  const [wanted, setWanted] = useState(() => asItIs(of))
  const change = (part: Partial<typeof wanted>) => setWanted((before) => ({ ...before, ...part }))
  const { prefix, mutability, appliedFor, description, lifecyclePolicy } = wanted
  const problem = lifecyclePolicy === '' ? undefined : jsonProblem(lifecyclePolicy)
  const save = useAction(
    () => {
      // What isn't told stays, and so do the exceptions of a mutability that does.
      const imageTagMutability = mutability === of?.imageTagMutability ? undefined : mutability
      const whole = { prefix, appliedFor: [...appliedFor], description, lifecyclePolicy, imageTagMutability }
      return of === undefined
        ? ecr.send(new CreateRepositoryCreationTemplateCommand(whole))
        : ecr.send(new UpdateRepositoryCreationTemplateCommand(whole))
    },
    { done: () => `Template for ${prefix} saved`, after: onClose },
  )
  return (
    <FormDialog
      title={of === undefined ? 'Create template' : `Edit the template for ${prefix}`}
      verb={of === undefined ? 'Create' : 'Save'}
      isWhole={prefix !== '' && appliedFor.length > 0 && problem === undefined}
      isBusy={save.isPending}
      error={save.error}
      onSubmit={() => save.mutate(undefined)}
      onClose={onClose}
    >
      {of === undefined && (
        <FormField label="Prefix" constraintText="Of the repositories' names; ROOT for all without another.">
          <Input
            value={prefix}
            placeholder="team-a"
            spellcheck={false}
            onChange={({ detail }) => change({ prefix: detail.value })}
          />
        </FormField>
      )}
      <FormField label="For repositories made by">
        <Multiselect
          selectedOptions={appliedFor.map(optionOf)}
          options={occasions.map(optionOf)}
          onChange={({ detail }) => {
            const chosen = detail.selectedOptions.map(({ value }) => value)
            change({ appliedFor: occasions.filter((occasion) => chosen.includes(occasion)) })
          }}
        />
      </FormField>
      <FormField label="Image tags">
        <Select
          selectedOption={optionOf(mutability)}
          options={[...new Set([mutability, ...mutabilities])].map(optionOf)}
          onChange={({ detail }) =>
            change({
              mutability: mutabilities.find((each) => each === detail.selectedOption.value) ?? mutability,
            })
          }
        />
      </FormField>
      <FormField label={<Optional>Description</Optional>}>
        <Input value={description} onChange={({ detail }) => change({ description: detail.value })} />
      </FormField>
      <FormField label={<Optional>Lifecycle policy</Optional>} errorText={problem}>
        <Textarea
          value={lifecyclePolicy}
          spellcheck={false}
          onChange={({ detail }) => change({ lifecyclePolicy: detail.value })}
        />
      </FormField>
    </FormDialog>
  )
}

function asItIs(of: RepositoryCreationTemplate | undefined) {
  return {
    prefix: of?.prefix ?? '',
    mutability: of?.imageTagMutability ?? 'MUTABLE',
    appliedFor: of?.appliedFor ?? ['CREATE_ON_PUSH' as const],
    description: of?.description ?? '',
    lifecyclePolicy: of?.lifecyclePolicy ?? '',
  }
}
