import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { runProgram } from '../support/client.ts'
import type { GoModule } from '../support/go-programs.ts'
import type { LocalBerth } from '../support/start-berth.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'
import { type Case, type Counts, countCases, readCases, readCounts } from './cases.ts'
import { everyWorkflow } from './switches.ts'

const path = 'github.com/opencontainers/distribution-spec/conformance'

/** The conformance program as it is now: one Go program with a switch for each part of the specification. */
export const currentProgram: GoModule = {
  path,
  version: 'v0.0.0-20260831232431-97274622c111',
  sum: 'h1:ppZPU0CrEPzyJhVggYwUIZrqh0w2lIT0esw+9ABNPA4=',
}

/** The suite that it has replaced, which registries' published results still come from. */
export const formerProgram: GoModule = {
  path,
  version: 'v0.0.0-20231101194043-f2182352d4cc',
  sum: 'h1:jL+CgYEEZluGb08ZcLpEyhn389kNMlwrWOHaIqXazq0=',
}

/** What a program found. */
export interface Findings {
  readonly cases: readonly Case[]
  readonly counts: Counts
  /** What it printed, to be shown when something failed. */
  readonly output: string
  /** Its own table of results and of the switches it ran with; empty for the former program. */
  readonly results: string
}

/** Runs the current program against two repositories. */
export async function runCurrent(
  program: string,
  berth: LocalBerth,
  switches: Readonly<Record<string, string>>,
): Promise<Findings> {
  await using folder = await temporaryFolder()
  const { stdout, stderr } = await runProgram(program, [], {
    cwd: folder.path,
    env: {
      ...(await credentials(berth)),
      ...switches,
      OCI_REGISTRY: `127.0.0.1:${berth.port}`,
      OCI_TLS: 'disabled',
      OCI_REPO1: 'conformance/one',
      OCI_REPO2: 'conformance/two',
      OCI_RESULTS_DIR: folder.path,
    },
  })
  const junit = await readFile(join(folder.path, 'junit.xml'), 'utf8')
  return {
    cases: readCases(junit),
    counts: readCounts(junit),
    results: await readFile(join(folder.path, 'results.yaml'), 'utf8'),
    output: stdout + stderr,
  }
}

/** Runs the former program against two repositories. */
export async function runFormer(program: string, berth: LocalBerth): Promise<Findings> {
  await using folder = await temporaryFolder()
  const { stdout, stderr } = await runProgram(program, [], {
    cwd: folder.path,
    env: {
      ...(await credentials(berth)),
      ...everyWorkflow,
      OCI_ROOT_URL: berth.url,
      OCI_NAMESPACE: 'conformance/one',
      OCI_CROSSMOUNT_NAMESPACE: 'conformance/two',
      OCI_REPORT_DIR: folder.path,
    },
  })
  const cases = readCases(await readFile(join(folder.path, 'junit.xml'), 'utf8'))
  return { cases, counts: countCases(cases), results: '', output: stdout + stderr }
}

async function credentials(berth: LocalBerth) {
  return { OCI_USERNAME: 'AWS', OCI_PASSWORD: await berth.password() }
}
