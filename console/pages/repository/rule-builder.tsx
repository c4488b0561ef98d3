import Button from '@cloudscape-design/components/button'
import ExpandableSection from '@cloudscape-design/components/expandable-section'
import FormField from '@cloudscape-design/components/form-field'
import Grid from '@cloudscape-design/components/grid'
import Input from '@cloudscape-design/components/input'
import Select from '@cloudscape-design/components/select'
import { type ReactNode, useState } from 'react'
import { jsonProblem } from '../../format/json.ts'
import { addRule, type RuleForm } from '../../format/lifecycle-rule.ts'

const which = [
  { value: 'untagged', label: 'Untagged images' },
  { value: 'tagged', label: 'Images with tags like' },
  { value: 'any', label: 'All images' },
] as const
const when = [
  { value: 'days', label: 'pushed more days ago than' },
  { value: 'number', label: 'beyond the newest' },
] as const

/** Puts a rule together without knowing the language, and adds it to the policy's text. */
export function RuleBuilder(props: {
  readonly policy: string
  readonly onChange: (policy: string) => void
}): ReactNode {
  const [rule, setRule] = useState<RuleForm>({
    images: 'untagged',
    patterns: '',
    count: 'days',
    countNumber: '14',
  })
  const change = (part: Partial<RuleForm>) => setRule((before) => ({ ...before, ...part }))
  const isWhole =
    /^[1-9]\d*$/.test(rule.countNumber) && (props.policy === '' || jsonProblem(props.policy) === undefined)
  return (
    <ExpandableSection headerText="Add a rule that deletes images">
      <Grid gridDefinition={[{ colspan: 3 }, { colspan: 3 }, { colspan: 3 }, { colspan: 1 }, { colspan: 2 }]}>
        <FormField label="Delete">
          <Select
            selectedOption={which.find(({ value }) => value === rule.images) ?? null}
            options={which}
            onChange={({ detail }) =>
              change({
                images: which.find(({ value }) => value === detail.selectedOption.value)?.value ?? 'any',
              })
            }
          />
        </FormField>
        <FormField label="Tag patterns">
          <Input
            value={rule.patterns}
            placeholder="v*, release-*"
            disabled={rule.images !== 'tagged'}
            onChange={({ detail }) => change({ patterns: detail.value })}
          />
        </FormField>
        <FormField label="that are">
          <Select
            selectedOption={when.find(({ value }) => value === rule.count) ?? null}
            options={when}
            onChange={({ detail }) =>
              change({ count: detail.selectedOption.value === 'days' ? 'days' : 'number' })
            }
          />
        </FormField>
        <FormField label="Number">
          <Input
            value={rule.countNumber}
            inputMode="numeric"
            onChange={({ detail }) => change({ countNumber: detail.value })}
          />
        </FormField>
        <FormField label={'\u00a0'}>
          <Button disabled={!isWhole} onClick={() => props.onChange(addRule(props.policy, rule))}>
            Add rule
          </Button>
        </FormField>
      </Grid>
    </ExpandableSection>
  )
}
