import type { GoModule } from '../support/go-programs.ts'
import type { Counts } from './cases.ts'
import type { Result } from './results.ts'

/** One program run against one Berth. */
export interface Run {
  readonly program: GoModule
  /** What was tested, with which settings. */
  readonly subject: string
  readonly counts: Counts
}

export interface Conformance {
  readonly runs: readonly Run[]
  readonly apis: readonly Result[]
  readonly data: readonly Result[]
  /** Checks that were passed over, and why. */
  readonly notRun: ReadonlyMap<string, string>
}

const heading = `# Conformance

What the Open Container Initiative's own conformance programs for the distribution specification say of this version. Each is built
from its published Go module and run against a Berth with every switch on, the optional ones too: cancelling uploads, digest headers, tag
parameters, mounts without a named source, sha512, sparse manifests, nested indexes, subjects that come later, custom fields,
non-distributable layers, empty blobs. Where the specification leaves a choice, [decisions/](decisions/) says what was chosen and why.

A test compares this page with what the programs find. To write it anew: \`npx vitest run tests/conformance --update\` (needs Go 1.24).
`

/** docs/conformance.md, whole. */
export function conformancePage({ runs, apis, data, notRun }: Conformance): string {
  return [
    heading,
    table(['program', 'run against', 'passed', 'failed', 'not run'], runs.map(runRow)),
    section('API', table(['part', 'with everything on'], apis)),
    section('Data', table(['kind', 'with everything on'], data)),
    section('Not run', `By the former program:\n\n${table(['check', 'why'], [...notRun])}`),
  ].join('\n')
}

function runRow({ program, subject, counts }: Run): string[] {
  const { passed, failed, skipped } = counts
  return [`\`${program.version}\``, subject, ...[passed, failed, skipped].map(String)]
}

function section(title: string, body: string): string {
  return `## ${title}\n\n${body}`
}

function table(columns: readonly string[], rows: readonly (readonly string[])[]): string {
  const lines = [columns, columns.map(() => '---'), ...rows]
  return lines.map((cells) => `| ${cells.join(' | ')} |\n`).join('')
}
