import { expect, test } from 'vitest'
import { InvalidParameterValueError } from '../../core/iam/iam-errors.ts'
import { sessionTags } from './session-tags.ts'

const tag = (Key: string, Value = 'x') => ({ Key, Value })

test('tags that were handed on go on, and no others', () => {
  const from = { tags: { team: 'web', run: '1' }, transitiveTagKeys: ['team'] }
  expect(sessionTags({ Tags: [tag('stage')], TransitiveTagKeys: ['stage'] }, from)).toEqual({
    tags: { team: 'web', stage: 'x' },
    transitiveTagKeys: ['team', 'stage'],
  })
})

test.each([
  ['a key twice, whatever its case', { Tags: [tag('team'), tag('Team')] }],
  ['a key to hand on that is no tag', { Tags: [tag('team')], TransitiveTagKeys: ['stage'] }],
  ['a tag in the place of one that was handed on', { Tags: [tag('TEAM')] }],
])('%s is refused', (_, request) => {
  const from = { tags: { team: 'web' }, transitiveTagKeys: ['team'] }
  expect(() => sessionTags(request, from)).toThrow(InvalidParameterValueError)
})
