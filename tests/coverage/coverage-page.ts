import type { ServiceModel } from '../../src/protocols/aws/model/service-model.ts'

/** What a running Berth offers of one service's model. */
export interface Coverage {
  readonly model: ServiceModel
  /** Names of the operations it answers. */
  readonly offered: ReadonlySet<string>
}

const heading = `# API coverage

What this version offers of each AWS API it speaks. An operation that is not offered answers \`UnknownOperationException\` (JSON
services) or \`InvalidAction\` (Query services); where an operation that is offered does less than on AWS, \`ecr-api.md\` says so.

A test asks a running Berth for every operation of every service model and compares this page with the answers. To write the page
anew: \`npx vitest run tests/coverage --update\`.
`

/** The coverage page as Markdown: a summary of the services, then every operation of each. */
export function coveragePage(coverages: readonly Coverage[]): string {
  const summary = table(['service', 'API version', 'offered'], coverages.map(summaryRow))
  return [heading, summary, ...coverages.map(section)].join('\n')
}

function summaryRow({ model, offered }: Coverage): string[] {
  return [model.name, model.version, `${offered.size} of ${model.operations.size}`]
}

function section({ model, offered }: Coverage): string {
  const rows = [...model.operations.keys()].map((name) => [
    name,
    offered.has(name) ? 'offered' : 'not offered',
  ])
  return `## ${model.name}\n\n${table(['operation', 'here'], rows)}`
}

function table(columns: readonly string[], rows: readonly (readonly string[])[]): string {
  const lines = [columns, columns.map(() => '---'), ...rows]
  return lines.map((cells) => `| ${cells.join(' | ')} |\n`).join('')
}
