import { expect, test } from 'vitest'
import { knownServices } from './known-services.ts'
import type { Shape } from './shape.ts'
import { loadModels } from './testing/loaded-models.ts'

const models = loadModels()

test('services are known by the names that signatures use', () => {
  expect([...models.keys()]).toEqual(['berth', 'ecr', 'ecs', 'events', 'iam', 'logs', 'sns', 'sqs', 'sts'])
})

test('what is known of services without their models is what their models say', () => {
  const marks = [...models.values()].map(({ name, targetPrefix: target, answersQuery, version }) => {
    return { name, target, version: answersQuery ? version : undefined }
  })
  expect(knownServices.map(({ name, target, version }) => ({ name, target, version }))).toEqual(marks)
})

test('a JSON service is told apart by its target prefix, a Query service by its version', () => {
  expect(models.get('ecr')).toMatchObject({
    protocol: 'json',
    jsonVersion: '1.1',
    targetPrefix: 'AmazonEC2ContainerRegistry_V20150921',
  })
  expect(models.get('sts')).toMatchObject({
    protocol: 'query',
    version: '2011-06-15',
    xmlNamespace: 'https://sts.amazonaws.com/doc/2011-06-15/',
  })
})

test('an operation has the shapes of its input and its output', () => {
  const operation = models.get('ecr')?.operations.get('PutImage')
  expect(operation?.input.required).toEqual(['repositoryName', 'imageManifest'])
  expect([...(operation?.output.members.keys() ?? [])]).toEqual(['image'])
})

test("a JSON service's errors are 400, but for its own faults", () => {
  const exceptions = models.get('ecr')?.exceptions
  expect(exceptions?.get('RepositoryNotFoundException')).toMatchObject({ status: 400 })
  expect(exceptions?.get('ServerException')).toMatchObject({ code: 'ServerException', status: 500 })
})

test("a Query service's errors have the codes and statuses of the model", () => {
  expect(models.get('sts')?.exceptions.get('IDPRejectedClaimException')).toMatchObject({
    queryCode: 'IDPRejectedClaim',
    status: 403,
  })
})

test('every constraint of every input is one that can be met', () => {
  for (const model of models.values()) {
    for (const operation of model.operations.values()) expectBoundsInOrder(operation.input, new Set())
  }
})

function expectBoundsInOrder(shape: Shape, seen: Set<Shape>): void {
  if (seen.has(shape)) return
  seen.add(shape)
  if ('min' in shape) expect(shape.min ?? 0).toBeLessThanOrEqual(shape.max ?? Number.POSITIVE_INFINITY)
  if (shape.kind === 'list') expectBoundsInOrder(shape.member, seen)
  if (shape.kind === 'structure')
    for (const member of shape.members.values()) expectBoundsInOrder(member, seen)
}
