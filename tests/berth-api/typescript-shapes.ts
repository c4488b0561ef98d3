import biome from '../../biome.json' with { type: 'json' }
import type { ModelJson, ShapeJson } from '../../src/protocols/aws/model/model-json.ts'

const lineWidth = biome.formatter.lineWidth

type NamedShape = readonly [name: string, shape: ShapeJson]

const heading = `// Made from src/protocols/aws/models/berth.json: npx vitest run tests/berth-api --update
`

/** What the operations of a model take and give, as TypeScript. Texts of the model become docstrings. */
export function typescriptShapes(model: ModelJson): string {
  const shapes = Object.entries(model.shapes).filter(([, { exception }]) => !exception)
  return [heading, operationsMap(model), ...shapes.flatMap((shape) => declare(shape, model))].join('\n')
}

function operationsMap({ operations }: ModelJson): string {
  const members = Object.entries(operations).map(([name, { input, output }]) => {
    const pair = [`input: ${input?.shape ?? 'object'}`, `output: ${output?.shape ?? 'object'}`]
    return `  readonly ${name}: {\n${pair.map((member) => `    readonly ${member}\n`).join('')}  }\n`
  })
  return `/** Every operation under \`/berth/v1/\` by its name. */\nexport interface BerthOperations {\n${members.join('')}}\n`
}

/** Structures and enumerations get a name; everything else is spelled where it is used. */
function declare([name, { type, members, required, documentation, ...shape }]: NamedShape, model: ModelJson) {
  const doc = docstring(documentation, '')
  if (shape.enum !== undefined) return [`${doc}${union(name, shape.enum.map(quoted))}\n`]
  if (type !== 'structure') return []
  if (Object.keys(members ?? {}).length === 0)
    return [`${doc}export type ${name} = Readonly<Record<string, never>>\n`]
  const lines = Object.entries(members ?? {}).map(([member, reference]) => {
    const spelled = spell(reference.shape, model)
    const typed = required?.includes(member) ? `${member}: ${spelled}` : `${member}?: ${spelled} | undefined`
    return `${docstring(reference.documentation, '  ')}  readonly ${typed}\n`
  })
  return [`${doc}export interface ${name} {\n${lines.join('')}}\n`]
}

function spell(name: string, model: ModelJson): string {
  const shape = model.shapes[name]
  if (shape === undefined) throw new Error(`The model has no shape ${name}`)
  if (shape.enum !== undefined || shape.type === 'structure') return name
  if (shape.type === 'list' && shape.member) return `readonly ${spell(shape.member.shape, model)}[]`
  const plain = plainTypes[shape.type]
  if (plain === undefined) throw new Error(`${name} has a type that has no TypeScript here: ${shape.type}`)
  return plain
}

const plainTypes: Readonly<Record<string, string>> = {
  string: 'string',
  boolean: 'boolean',
  integer: 'number',
  long: 'number',
  timestamp: 'Date',
}

function docstring(text: string | undefined, indent: string): string {
  return text === undefined ? '' : `${indent}/** ${text} */\n`
}

/** On one line where it fits, else one choice a line, as the formatter has it. */
function union(name: string, choices: readonly string[]): string {
  const line = `export type ${name} = ${choices.join(' | ')}`
  if (line.length <= lineWidth) return line
  return `export type ${name} =${choices.map((choice) => `\n  | ${choice}`).join('')}`
}

function quoted(value: string): string {
  return `'${value}'`
}
