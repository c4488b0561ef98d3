import { join } from 'node:path'
import { expect, test } from 'vitest'
import { honoured, honouredOfTask, logOptions } from '../../src/core/ecs/check-runnable.ts'
import {
  honouredWithin,
  honouredWithinTask,
  withoutEffect,
} from '../../src/core/ecs/running/honoured-within.ts'
import ecs from '../../src/protocols/aws/models/ecs.json' with { type: 'json' }

const root = join(import.meta.dirname, '../..')
const shapes: ReadonlyMap<string, Shape> = new Map(Object.entries<Shape>(ecs.shapes))

/** Of the service model. */
interface Shape {
  readonly type: string
  readonly members?: Readonly<Record<string, { readonly shape: string }>>
  readonly member?: { readonly shape: string }
}

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
    ...table('Task', 'RegisterTaskDefinitionRequest', honouredOfTask, honouredWithinTask),
    '',
    ...table('Container', 'ContainerDefinition', honoured, honouredWithin),
    '',
    'With awslogs `mode` and `max-buffer-size` change nothing: the engine keeps output in two files of 16 MiB until it is there.',
    '',
    '| Log driver | Options that are known; others are refused |',
    '| --- | --- |',
    ...Object.entries(logOptions).map(
      ([driver, options]) => `| \`${driver}\` | ${[...options].map((one) => `\`${one}\``).join(', ')} |`,
    ),
    '',
  ].join('\n')
}

function table(
  title: string,
  shape: string,
  known: ReadonlySet<string>,
  within: ReadonlyMap<string, ReadonlySet<string>>,
): readonly string[] {
  const rows = membersOf(shape)
    .filter(([name]) => !naming.includes(name))
    .flatMap(([name, of]) => rowsOf({ name, shape: of, isHonoured: known.has(name) }, within))
  return [`| ${title} | |`, '| --- | --- |', ...rows]
}

/** Of a member, and of what it has inside if it is acted upon. */
function rowsOf(
  {
    name,
    shape,
    isHonoured,
  }: { readonly name: string; readonly shape: string; readonly isHonoured: boolean },
  within: ReadonlyMap<string, ReadonlySet<string>>,
): readonly string[] {
  const said = withoutEffect.get(name) ?? (isHonoured ? 'acted upon' : 'refused')
  const inside = isHonoured ? innerMembers(shape) : []
  const inner = inside.flatMap(([one, of]) => {
    const member = { name: `${name}.${one}`, shape: of, isHonoured: within.get(name)?.has(one) ?? false }
    return rowsOf(member, within)
  })
  return [`| \`${name}\` | ${said} |`, ...inner]
}

function membersOf(shape: string): readonly (readonly [name: string, shape: string])[] {
  return Object.entries(shapes.get(shape)?.members ?? {}).map(([name, of]) => [name, of.shape])
}

/** What a member has inside, or each of those that it lists; containers have a table of their own. */
function innerMembers(shape: string): ReturnType<typeof membersOf> {
  const item = shapes.get(shape)?.member?.shape ?? shape
  return item === 'ContainerDefinition' ? [] : membersOf(item)
}
