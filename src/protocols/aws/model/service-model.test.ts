import { expect, test } from 'vitest'
import type { ModelJson } from './model-json.ts'
import { readServiceModel } from './service-model.ts'

test('an operation without input or output has empty ones', () => {
  const operation = readServiceModel(modelWith({})).operations.get('Do')
  expect(operation?.input.members.size).toBe(0)
  expect(operation?.output.members.size).toBe(0)
})

test('a structure may contain itself', () => {
  const model = readServiceModel(
    modelWith(
      { Tree: { type: 'structure', members: { branches: { shape: 'Trees' } } }, Trees: treeList },
      'Tree',
    ),
  )
  const tree = model.operations.get('Do')?.input
  const branches = tree?.members.get('branches')
  expect(branches).toMatchObject({ kind: 'list' })
  expect(branches?.kind === 'list' && branches.member).toBe(tree)
})

test('a shape of an unknown type is refused', () => {
  const shapes: ModelJson['shapes'] = {
    In: { type: 'structure', members: { x: { shape: 'X' } } },
    X: { type: 'set' },
  }
  expect(() => readServiceModel(modelWith(shapes, 'In'))).toThrow('Shape X has the unknown type set')
})

test('a shape that the model lacks is refused', () => {
  expect(() => readServiceModel(modelWith({}, 'In'))).toThrow('The model has no shape In')
})

test('an input that is no structure is refused', () => {
  expect(() => readServiceModel(modelWith({ In: { type: 'string' } }, 'In'))).toThrow('In is no structure')
})

test('a protocol that the front end does not speak is refused', () => {
  const model = modelWith({})
  expect(() => readServiceModel({ ...model, metadata: { ...model.metadata, protocol: 'rest-xml' } })).toThrow(
    "Models that speak rest-xml can't be served",
  )
})

const treeList = { type: 'list', member: { shape: 'Tree' } }

function modelWith(shapes: ModelJson['shapes'], input?: string): ModelJson {
  return {
    metadata: { apiVersion: '2026-01-01', endpointPrefix: 'test', protocol: 'json' },
    operations: { Do: input === undefined ? {} : { input: { shape: input } } },
    shapes,
  }
}
