import { join } from 'node:path'
import { expect, test } from 'vitest'
import type { ModelJson } from '../../src/protocols/aws/model/model-json.ts'
import berth from '../../src/protocols/aws/models/berth.json' with { type: 'json' }
import { apiPage } from './api-page.ts'
import { typescriptShapes } from './typescript-shapes.ts'

const model: ModelJson = berth
const root = join(import.meta.dirname, '../..')

test('the types of the actions are those of the model (npx vitest run tests/berth-api --update writes them anew)', async () => {
  await expect(typescriptShapes(model)).toMatchFileSnapshot(join(root, 'src/services/berth/shapes.ts'))
})

test('docs/berth-api.md says what the model says', async () => {
  await expect(apiPage(model)).toMatchFileSnapshot(join(root, 'docs/berth-api.md'))
})
