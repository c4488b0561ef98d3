import { join } from 'node:path'
import { expect, test } from 'vitest'
import { honoured, honouredOfTask } from '../../src/core/ecs/check-runnable.ts'
import ecs from '../../src/protocols/aws/models/ecs.json' with { type: 'json' }

const root = join(import.meta.dirname, '../..')
const { ContainerDefinition, RegisterTaskDefinitionRequest } = ecs.shapes
/** What names a revision and says nothing of how it runs. */
const naming = ['family', 'tags']

test('docs/ecs-task-definitions.md says which members are acted upon (vitest -u writes it anew)', async () => {
  await expect(page()).toMatchFileSnapshot(join(root, 'docs/ecs-task-definitions.md'))
})

function page(): string {
  return [
    '# Members of task definitions',
    '',
    'Made from the service model and from what Berth acts upon. Any of these can be registered; a task or a service whose definition has one',
    'that is refused does not run, and is told which. What there is to know of each: [ecs.md](ecs.md#what-a-task-definition-may-say).',
    '',
    ...table('Task', Object.keys(RegisterTaskDefinitionRequest.members), honouredOfTask),
    '',
    ...table('Container', Object.keys(ContainerDefinition.members), honoured),
    '',
  ].join('\n')
}

function table(title: string, members: readonly string[], known: ReadonlySet<string>): readonly string[] {
  const rows = members
    .filter((name) => !naming.includes(name))
    .map((name) => `| \`${name}\` | ${known.has(name) ? 'acted upon' : 'refused'} |`)
  return [`| ${title} | |`, '| --- | --- |', ...rows]
}
