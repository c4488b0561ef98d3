import type { ModelJson, ShapeJson } from '../../src/protocols/aws/model/model-json.ts'

const heading = `# What Berth offers beyond AWS

No answer that AWS documents is changed for these. Each is a \`POST /berth/v1/<Operation>\` with a JSON body, signed with Signature
Version 4 for the service \`berth\`; the IAM action is \`berth:<Operation>\`. Times are seconds since 1970, bytes are base64, an error
has its name in \`__type\` and its text in \`message\`. Lists that page give a \`nextToken\`, to be sent with otherwise the same input.

The commands of \`berth\` are made of these (\`berth --help\`). With curl 8 and the variables of \`berth env\`:

\`\`\`sh
curl --aws-sigv4 "aws:amz:$AWS_REGION:berth" --user "$AWS_ACCESS_KEY_ID:$AWS_SECRET_ACCESS_KEY" \\
  --json '{}' "$AWS_ENDPOINT_URL/berth/v1/DescribeServer"
\`\`\`

This page is made from \`src/protocols/aws/models/berth.json\`: \`npx vitest run tests/berth-api --update\`.
`

/** The reference of Berth's own operations as Markdown: what each does, takes, gives and refuses. */
export function apiPage(model: ModelJson): string {
  const operations = Object.entries(model.operations).map(([name, { documentation, input, output }]) => {
    const parts = [members('takes', input?.shape, model), members('gives', output?.shape, model)]
    return [`## ${name}\n`, `${documentation ?? ''}\n`, ...parts].join('\n')
  })
  return [heading, ...operations, structures(model), errors(model)].join('\n')
}

function members(verb: string, name: string | undefined, model: ModelJson): string {
  const shape = name === undefined ? undefined : model.shapes[name]
  if (Object.keys(shape?.members ?? {}).length === 0) return `It ${verb} nothing.\n`
  return table([verb, 'type', ''], rowsOf(shape, model))
}

function rowsOf(shape: ShapeJson | undefined, model: ModelJson): string[][] {
  return Object.entries(shape?.members ?? {}).map(([member, reference]) => [
    shape?.required?.includes(member) ? `**${member}**` : member,
    typeOf(reference.shape, model),
    reference.documentation ?? '',
  ])
}

/** Structures that are parts of others: the operations' own inputs and outputs stand with the operations. */
function structures(model: ModelJson): string {
  const own = Object.values(model.operations).flatMap(({ input, output }) => [input?.shape, output?.shape])
  const inner = Object.entries(model.shapes).filter(
    ([name, { type, exception }]) => type === 'structure' && !exception && !own.includes(name),
  )
  return inner
    .map(([name, shape]) => `## ${name}\n\n${table(['member', 'type', ''], rowsOf(shape, model))}`)
    .join('\n')
}

function errors(model: ModelJson): string {
  const rows = Object.entries(model.shapes)
    .filter(([, { exception }]) => exception)
    .map(([name, { documentation = '', fault }]) => [name, fault ? '500' : '400', documentation])
  const common =
    'Besides these, what the front door says of every request: `UnrecognizedClientException`, `InvalidSignatureException`, `AccessDeniedException`, `ValidationException`, `SerializationException`, `UnknownOperationException`.\n'
  return `## Errors\n\n${table(['error', 'status', ''], rows)}\n${common}`
}

function typeOf(name: string, model: ModelJson): string {
  const shape = model.shapes[name]
  if (shape?.enum) return shape.enum.map((value) => `\`${value}\``).join(', ')
  if (shape?.type === 'structure') return `[${name}](#${name.toLowerCase()})`
  if (shape?.type === 'list') return `list of ${typeOf(shape.member?.shape ?? '', model)}`
  return [shape?.type, limits(shape)].filter(Boolean).join(', ')
}

function limits(shape: ShapeJson | undefined): string {
  if (shape?.min === undefined && shape?.max === undefined) return ''
  return `${shape.min ?? ''} to ${shape.max ?? ''}`.trim()
}

function table(columns: readonly string[], rows: readonly (readonly string[])[]): string {
  const lines = [columns, columns.map(() => '---'), ...rows]
  return lines.map((cells) => `| ${cells.join(' | ')} |\n`).join('')
}
