import { mkdir, writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { osvRecord } from '../support/advisories.ts'
import { exportedBy } from '../support/berth-env.ts'
import { BERTH, type BerthProcess, startBerthProcess } from '../support/berth-process.ts'
import { outputOf, runProgram } from '../support/client.ts'
import { zipOf } from '../support/zip.ts'

const curl = osvRecord('DEBIAN-CVE-2026-1', [{ ecosystem: 'Debian:12', name: 'curl', fixed: '8' }])
const openssl = osvRecord('DEBIAN-CVE-2026-2', [{ ecosystem: 'Debian:12', name: 'openssl', fixed: '4' }])
const leftPad = osvRecord('GHSA-1', [{ ecosystem: 'npm', name: 'left-pad', fixed: '2.0.0' }])
const withdrawn = osvRecord('GHSA-2', [], { withdrawn: '2026-01-02T03:04:05Z' })
const archive = zipOf({
  'GHSA-1.json': JSON.stringify(leftPad),
  'GHSA-2.json': JSON.stringify(withdrawn),
  'readme.txt': 'no',
})

const mirror = createServer((request, response) => {
  if (request.url === '/osv/npm/all.zip') response.end(archive)
  else response.writeHead(404).end('nothing here')
})
let berth: BerthProcess
beforeAll(async () => {
  await new Promise<void>((resolve) => mirror.listen(0, '127.0.0.1', resolve))
  const { port } = mirror.address() as AddressInfo
  const url = `http://127.0.0.1:${port}/osv`
  berth = await startBerthProcess({
    flags: ['--advisory-mirror', url, '--outbound-networks', '127.0.0.0/8', '--dev'],
  })
})
afterAll(async () => {
  await berth[Symbol.asyncDispose]()
  mirror.close()
})

function advisories(...args: readonly string[]): readonly [string, string[]] {
  return [process.execPath, [BERTH, 'advisories', ...args, '--data-dir', berth.dataDir]]
}

async function givenFile(name: string, content: string | Buffer): Promise<string> {
  const path = join(berth.dataDir, 'given', name)
  await mkdir(join(berth.dataDir, 'given'), { recursive: true })
  await writeFile(path, content)
  return path
}

test('without advisories it is said how to bring some', async () => {
  expect(await outputOf(...advisories('status'))).toContain('berth advisories update <ecosystem>')
})

test('records come from arrays, lines, gzip, zip archives and folders; what is known stays', async () => {
  await givenFile('array.json', JSON.stringify([curl, openssl]))
  await givenFile('lines.jsonl', `${JSON.stringify(curl)}\n\n${JSON.stringify(leftPad)}\n`)
  await givenFile('packed.json.gz', gzipSync(JSON.stringify(openssl)))
  const zip = await givenFile('npm.zip', archive)
  expect(await outputOf(...advisories('import', zip))).toContain(
    '1 advisory new or changed, 0 known already, 1 withdrawn',
  )
  const tally = JSON.parse(await outputOf(...advisories('import', join(berth.dataDir, 'given'), '--json')))
  expect(tally).toMatchObject({ changed: 2, unchanged: 1, ignored: 1, invalid: [] })
  const { feeds } = JSON.parse(await outputOf(...advisories('status', '--json')))
  expect(feeds).toMatchObject([
    { ecosystem: 'Debian:12', advisoryCount: 2, newestAt: '2026-01-02T03:04:05.000Z' },
    { ecosystem: 'npm', advisoryCount: 1 },
  ])
})

test('what is no record is named with its place, and the others are taken', async () => {
  const file = await givenFile('bad.jsonl', `${JSON.stringify(curl)}\n{"id":\n{"id":"X-1"}\n`)
  const { stdout, exitCode } = await runProgram(...advisories('import', file))
  expect(exitCode).toBe(1)
  expect(stdout).toContain('1 known already')
  expect(stdout).toContain(`Passed over ${file}, line 2: An OSV record is a JSON object`)
  expect(stdout).toContain(`Passed over ${file}, line 3: X-1 has no valid 'modified'`)
})

test('a file that is not there, and one that is no archive, are named', async () => {
  const missing = await runProgram(...advisories('import', '/nowhere.json'))
  expect(missing).toMatchObject({
    exitCode: 1,
    stderr: expect.stringContaining("/nowhere.json can't be read"),
  })
  const broken = await runProgram(...advisories('import', await givenFile('broken.zip', 'PK?')))
  expect(broken).toMatchObject({ exitCode: 1, stderr: expect.stringContaining('no zip archive') })
})

test('an ecosystem is downloaded from the mirror, and again the next day', async () => {
  expect(await outputOf(...advisories('update', 'npm'))).toMatch(/npm +1 /)
  const { updates } = JSON.parse(await outputOf(...advisories('status', '--json')))
  expect(updates).toMatchObject([{ ecosystem: 'npm', status: 'IDLE', progress: { step: 'done', done: 2 } }])
  expect(Date.parse(updates[0].nextRunAt) - Date.parse(updates[0].finishedAt)).toBeGreaterThan(23 * 3_600_000)
})

test('an ecosystem that the mirror does not have is refused with its answer', async () => {
  const { stderr, exitCode } = await runProgram(...advisories('update', 'Nothing:1'))
  expect(stderr).toContain("has no advisories for 'Nothing:1': it answered 404")
  expect(exitCode).toBe(1)
})

test("advisories are for the server's own account alone", async () => {
  const env = { ...(await exportedBy(berth)), AWS_ACCESS_KEY_ID: '111122223333' }
  for (const command of [
    ['status'],
    ['import', await givenFile('one.json', JSON.stringify(curl))],
    ['update', 'npm'],
  ]) {
    const { stderr, exitCode } = await runProgram(process.execPath, [BERTH, 'advisories', ...command], {
      env,
    })
    expect(stderr).toContain('AccessDeniedException')
    expect(exitCode).toBe(1)
  }
})
