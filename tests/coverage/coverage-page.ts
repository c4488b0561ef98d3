import type { ServiceModel } from '../../src/protocols/aws/model/service-model.ts'
import type { Depth, Evidence } from './depth/evidence.ts'

/** What a running Berth offers of one service's model. */
export interface Coverage {
  readonly model: ServiceModel
  /** Names of the operations it answers. */
  readonly offered: ReadonlySet<string>
  /** What tests have seen of them, for a service whose page tells how deep they go. */
  readonly evidence?: ReadonlyMap<string, Evidence>
}

const heading = `# API coverage

What this version offers of each AWS API it speaks. An operation that is not offered answers \`UnknownOperationException\` (JSON
services) or \`InvalidAction\` (Query services); where an operation that is offered does less than on AWS, \`ecr-api.md\` says so.

A test asks a running Berth for every operation of every service model and compares this page with the answers. To write the page
anew: \`npx vitest run tests/coverage --update\`.

For ECR, tests also show how deep an operation goes, each with the official SDK in an account of its own. An operation is
**enforced** when it changes what other calls may do or find, or tells what does; **real** when bytes, signatures, findings or jobs
come of it, or are what it tells; and only **wire** as long as nothing but its answer's shape was seen. Beside the depth stands what
the test sees.
`

/** The coverage page as Markdown: a summary of the services, then every operation of each. */
export function coveragePage(coverages: readonly Coverage[]): string {
  const summary = table(['service', 'API version', 'offered'], coverages.map(summaryRow))
  return [heading, summary, ...coverages.map(section)].join('\n')
}

function summaryRow({ model, offered }: Coverage): string[] {
  return [model.name, model.version, `${offered.size} of ${model.operations.size}`]
}

function section({ model, offered, evidence }: Coverage): string {
  if (evidence) return deepSection(model, offered, evidence)
  const rows = [...model.operations.keys()].map((name) => [
    name,
    offered.has(name) ? 'offered' : 'not offered',
  ])
  return `## ${model.name}\n\n${table(['operation', 'here'], rows)}`
}

function deepSection(
  { name, operations }: ServiceModel,
  offered: Coverage['offered'],
  evidence: ReadonlyMap<string, Evidence>,
): string {
  const depthOf = (operation: string): Depth | undefined =>
    evidence.get(operation)?.depth ?? (offered.has(operation) ? 'wire' : undefined)
  const rows = [...operations.keys()].map((operation) => [
    operation,
    depthOf(operation) ?? 'not offered',
    evidence.get(operation)?.shows ?? '',
  ])
  const deep = rows.filter(([, depth]) => depth === 'enforced' || depth === 'real').length
  const summary = `${deep} of ${operations.size} at enforced or real.`
  return `## ${name}\n\n${summary}\n\n${table(['operation', 'depth', 'what a test sees'], rows)}`
}

function table(columns: readonly string[], rows: readonly (readonly string[])[]): string {
  const lines = [columns, columns.map(() => '---'), ...rows]
  return lines.map((cells) => `| ${cells.join(' | ')} |\n`).join('')
}
