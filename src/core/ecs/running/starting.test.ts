import { expect, test } from 'vitest'
import { sampleTask } from '../testing/sample-task.ts'
import { startsAfter } from './starts-after.ts'
import { withOverrides } from './with-overrides.ts'

const [container] = sampleTask([undefined]).containers
if (container === undefined) throw new RangeError('A task has a container')
const { name = '' } = container.definition

test('a container runs as it is defined, but for what its own override says', () => {
  const other = { name: 'another', command: ['no'] }
  expect(withOverrides(container, { overrides: [other] })).toEqual(container)
  const own = { name, command: ['sh'], environment: [{ name: 'A', value: '2' }] }
  const environment = [{ name: 'A', value: '1' }]
  const defined = { ...container, definition: { ...container.definition, cpu: 3, environment } }
  expect(withOverrides(defined, { overrides: [other, own] }).definition).toMatchObject({
    name,
    cpu: 3,
    command: ['sh'],
    environment: [...environment, ...own.environment],
  })
  expect(withOverrides(container, { overrides: [own] }).definition.environment).toEqual(own.environment)
})

test('a container waits for what it says, and for those whose volumes and names it uses', () => {
  const dependsOn = [{ containerName: 'init', condition: 'SUCCESS' as const }]
  const uses = { volumesFrom: [{ sourceContainer: 'data' }], links: ['cache:redis', 'queue'] }
  const started = ['data', 'cache', 'queue'].map((containerName) => ({ containerName, condition: 'START' }))
  expect(startsAfter({ dependsOn, ...uses })).toEqual([...dependsOn, ...started])
  expect(startsAfter({})).toEqual([])
})
