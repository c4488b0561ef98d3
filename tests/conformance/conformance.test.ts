import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect } from 'vitest'
import { buildGoProgram, reasonWithoutGo } from '../support/go-programs.ts'
import { testUnless } from '../support/installed-programs.ts'
import { startPostgresDatabase } from '../support/postgres-database.ts'
import { type LocalBerth, startBerth } from '../support/start-berth.ts'
import { missingPostgres } from '../support/start-postgres.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'
import { conformancePage, type Run } from './conformance-page.ts'
import { notRun } from './not-run.ts'
import { currentProgram, type Findings, formerProgram, runCurrent, runFormer } from './programs.ts'
import { readResults, switchesOff } from './results.ts'
import { everything } from './switches.ts'

const page = join(import.meta.dirname, '../../docs/conformance.md')
const test = testUnless(reasonWithoutGo(24))

test('docs/conformance.md says what the conformance programs find (npx vitest run tests/conformance --update writes it anew)', async () => {
  await using folder = await temporaryFolder()
  const current = await buildGoProgram(currentProgram, { as: 'program', folder: folder.path })
  const former = await buildGoProgram(formerProgram, { as: 'tests', folder: folder.path })

  const all = await against({ sparseManifests: true }, (berth) => runCurrent(current, berth, everything))
  expect(switchesOff(all.results)).toEqual([])
  const complete = { ...everything, OCI_DATA_SPARSE: 'false' }
  const plain = await against({}, (berth) => runCurrent(current, berth, complete))
  expect(switchesOff(plain.results)).toEqual(['sparse'])
  const old = await against({}, (berth) => runFormer(former, berth))

  const runs: Run[] = [
    {
      program: currentProgram,
      subject: 'Berth with `--sparse-manifests`, everything on',
      counts: all.counts,
    },
    { program: currentProgram, subject: 'Berth as it comes, all but sparse manifests', counts: plain.counts },
    { program: formerProgram, subject: 'Berth as it comes, every workflow', counts: old.counts },
  ]
  const [apis, data] = [readResults(all.results, 'apis'), readResults(all.results, 'data')]
  await expect(conformancePage({ runs, apis, data, notRun })).toMatchFileSnapshot(page)
}, 600_000)

const onPostgres = testUnless(reasonWithoutGo(24) || (missingPostgres() ?? false))

onPostgres(
  'on PostgreSQL the program finds the same',
  async () => {
    await using folder = await temporaryFolder()
    await using database = await startPostgresDatabase()
    const current = await buildGoProgram(currentProgram, { as: 'program', folder: folder.path })
    const settings = { sparseManifests: true, database: database.url }
    const { counts } = await against(settings, (berth) => runCurrent(current, berth, everything))
    expect(await readFile(page, 'utf8')).toContain(`everything on | ${counts.passed} | 0 | 0 |`)
  },
  600_000,
)

/** Runs a program against a fresh Berth; every check must pass or be known not to run. */
async function against(
  settings: Parameters<typeof startBerth>[0],
  run: (berth: LocalBerth) => Promise<Findings>,
): Promise<Findings> {
  await using berth = await startBerth(settings)
  for (const name of ['conformance/one', 'conformance/two']) await berth.createRepository(name)
  const findings = await run(berth)
  const { cases, counts, output } = findings
  const left = cases.filter(
    ({ name, status }) => status === 'failed' || (status === 'skipped' && !notRun.has(name)),
  )
  expect(left, output).toEqual([])
  expect(counts, output).toMatchObject({
    failed: 0,
    skipped: cases.filter(({ name }) => notRun.has(name)).length,
  })
  expect(berth.failures).toEqual([])
  return findings
}
