import { readFileSync, writeFileSync } from 'node:fs'
import { inspect } from 'node:util'
import { helpText, type Options, parseOptions, UsageError } from './options.ts'
import { withLatestRun } from './report/docs-page.ts'
import { markdown, type Report } from './report/report.ts'
import { surroundings } from './report/surroundings.ts'
import type { Result } from './result.ts'
import type { Row } from './row.ts'
import { allRows } from './rows/all-rows.ts'
import { Scratch } from './scratch.ts'

const docsPage = new URL('../docs/benchmarks.md', import.meta.url)

// The handler that Scratch has on 'exit' ends every server and deletes their data.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => process.exit(130))

await main(process.argv.slice(2))

async function main(args: readonly string[]): Promise<void> {
  try {
    const options = parseOptions(args, allRows)
    if (options.help) return void process.stdout.write(helpText(allRows))
    await measure(options)
  } catch (error) {
    if (!(error instanceof UsageError)) throw error
    process.stderr.write(`${error.message}\n\n${helpText(allRows)}`)
    process.exitCode = 2
  }
}

async function measure(options: Options): Promise<void> {
  const report = await runRows(options)
  const text = markdown(report)
  process.stdout.write(`${text}\n`)
  if (options.json !== undefined) writeFileSync(options.json, `${JSON.stringify(report, undefined, 2)}\n`)
  if (options.writeDocs) writeFileSync(docsPage, withLatestRun(readFileSync(docsPage, 'utf8'), text))
  if (report.failures.length > 0) process.exitCode = 1
}

/** A row that fails doesn't take the others' numbers with it. */
async function runRows({ rows, rounds, quick, scratch }: Options): Promise<Report> {
  const before = surroundings(new Date())
  const results: Result[] = []
  const failures: { row: string; reason: string }[] = []
  for (const row of rows) {
    try {
      results.push(...(await runRow(row, scratch, { rounds, quick })))
    } catch (error) {
      process.stderr.write(`${inspect(error)}\n`)
      failures.push({ row: row.name, reason: error instanceof Error ? error.message : inspect(error) })
    }
  }
  return { surroundings: before, rounds, quick, results, failures }
}

async function runRow(
  row: Row,
  parent: string,
  { rounds, quick }: { readonly rounds: number; readonly quick: boolean },
): Promise<readonly Result[]> {
  using scratch = new Scratch(parent)
  const say = (line: string) => process.stderr.write(`${row.name}: ${line}\n`)
  say(row.about)
  return await row.run({ rounds, quick, scratch, say })
}
