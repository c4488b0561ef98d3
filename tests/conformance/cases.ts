/** One check of a conformance program. */
export interface Case {
  readonly name: string
  readonly status: 'passed' | 'failed' | 'skipped'
}

export type Counts = Readonly<Record<Case['status'], number>>

const testcase = /<testcase name="([^"]*)"[^>]*? status="([a-z]+)"/g
const failures = new Set(['failed', 'failure', 'error', 'panicked', 'interrupted', 'aborted', 'timedout'])

/**
 * Reads the checks out of a JUnit report, in their order. Of Ginkgo's reports only the specifications count, not what runs before and
 * after them.
 */
export function readCases(junit: string): Case[] {
  return [...junit.matchAll(testcase)].flatMap(([, name = '', status = '']) => {
    if (/^\[(?!It\])/.test(name)) return []
    return [{ name: decode(name.replace('[It] ', '')), status: statusOf(status) }]
  })
}

/** How many checks ended how. */
export function countCases(cases: readonly Case[]): Counts {
  const count = (wanted: Case['status']) => cases.filter(({ status }) => status === wanted).length
  return { passed: count('passed'), failed: count('failed'), skipped: count('skipped') }
}

/**
 * The current program's own counts, from the head of its report: they include checks that others depend on, which it doesn't list by
 * name. One that is disabled counts as skipped, an error of the program as failed.
 */
export function readCounts(junit: string): Counts {
  const [head = ''] = /<testsuites [^>]*>/.exec(junit) ?? []
  const count = (name: string) => Number(new RegExp(` ${name}="(\\d+)"`).exec(head)?.[1] ?? 0)
  const failed = count('failures') + count('errors')
  const skipped = count('skipped') + count('disabled')
  return { passed: count('tests') - failed - skipped, failed, skipped }
}

function statusOf(text: string): Case['status'] {
  if (text === 'passed' || text === 'skipped') return text
  if (failures.has(text)) return 'failed'
  throw new Error(`A check that is '${text}'`)
}

function decode(text: string): string {
  return text
    .replace(/&#(\d+);/g, (_, code) => String.fromCodePoint(Number(code)))
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&amp;', '&')
}
