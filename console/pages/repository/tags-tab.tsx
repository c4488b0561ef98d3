import { ListTagsForResourceCommand, TagResourceCommand, UntagResourceCommand } from '@aws-sdk/client-ecr'
import Button from '@cloudscape-design/components/button'
import Container from '@cloudscape-design/components/container'
import Header from '@cloudscape-design/components/header'
import SpaceBetween from '@cloudscape-design/components/space-between'
import TagEditor, { type TagEditorProps } from '@cloudscape-design/components/tag-editor'
import { type ReactNode, useState } from 'react'
import { useAction } from '../../api/use-action.ts'
import { useAnswer } from '../../api/use-answer.ts'
import { useEcr } from '../../api/use-clients.ts'
import { Failure } from '../../parts/failure.tsx'
import { Loading } from '../../parts/loading.tsx'

/** Tags of the repository itself, such as whose it is. */
export function TagsTab({ arn: resourceArn }: { readonly arn: string }): ReactNode {
  const ecr = useEcr()
  const [draft, setDraft] = useState<readonly TagEditorProps.Tag[]>()
  const { data, error, refetch } = useAnswer(['tags', resourceArn], () =>
    ecr.send(new ListTagsForResourceCommand({ resourceArn })),
  )
  const kept: readonly TagEditorProps.Tag[] = (data?.tags ?? []).map(({ Key = '', Value = '' }) => ({
    key: Key,
    value: Value,
    existing: true,
  }))
  const tags = draft ?? kept
  const save = useAction(
    async () => {
      const gone = tags.filter((tag) => tag.markedForRemoval).map(({ key }) => key)
      const put = tags.filter((tag) => !tag.markedForRemoval && tag.key !== '')
      if (gone.length > 0) await ecr.send(new UntagResourceCommand({ resourceArn, tagKeys: gone }))
      if (put.length > 0)
        await ecr.send(
          new TagResourceCommand({
            resourceArn,
            tags: put.map(({ key, value }) => ({ Key: key, Value: value })),
          }),
        )
    },
    { done: () => 'Tags saved', after: () => setDraft(undefined) },
  )
  if (error) return <Failure error={error} retry={refetch} />
  if (data === undefined) return <Loading />
  return (
    <Container
      header={
        <Header
          variant="h2"
          description="Keys and values that say what this repository is for; policies can go by them."
          actions={
            <Button
              variant="primary"
              disabled={draft === undefined}
              loading={save.isPending}
              onClick={() => save.mutate(undefined)}
            >
              Save
            </Button>
          }
        >
          Repository tags
        </Header>
      }
    >
      <SpaceBetween size="m">
        <Failure error={save.error} />
        <TagEditor
          tags={tags}
          tagLimit={50}
          i18nStrings={words}
          onChange={({ detail }) => setDraft(detail.tags)}
        />
      </SpaceBetween>
    </Container>
  )
}

const words: TagEditorProps.I18nStrings = {
  keyHeader: 'Key',
  valueHeader: 'Value',
  addButton: 'Add tag',
  removeButton: 'Remove',
  undoButton: 'Undo',
  undoPrompt: 'This tag goes when you save',
  optional: 'optional',
  keyPlaceholder: 'team',
  valuePlaceholder: 'payments',
  emptyTags: 'This repository has no tags.',
  keySuggestion: 'Key',
  valueSuggestion: 'Value',
  keysSuggestionLoading: 'Loading',
  keysSuggestionError: 'No suggestions',
  valuesSuggestionLoading: 'Loading',
  valuesSuggestionError: 'No suggestions',
  emptyKeyError: 'A tag needs a key',
  maxKeyCharLengthError: 'A key has 128 characters at most',
  maxValueCharLengthError: 'A value has 256 characters at most',
  duplicateKeyError: 'This key is there already',
  tooManyKeysSuggestion: 'Too many',
  tooManyValuesSuggestion: 'Too many',
  tagLimit: (available) => `${available} more tags are possible`,
  tagLimitReached: (limit) => `That are ${limit} tags, the most there can be`,
  tagLimitExceeded: (limit) => `There can be ${limit} tags at most`,
  enteredKeyLabel: (key) => `Use "${key}"`,
  enteredValueLabel: (value) => `Use "${value}"`,
  invalidKeyError: 'Letters, digits, spaces and _ . : / = + - @ only',
  invalidValueError: 'Letters, digits, spaces and _ . : / = + - @ only',
  awsPrefixError: 'Keys can’t begin with aws:',
  itemRemovedAriaLive: 'Removed',
  removeButtonAriaLabel: ({ key }) => `Remove ${key}`,
}
