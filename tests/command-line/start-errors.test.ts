import { once } from 'node:events'
import { mkdir, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { expect, test } from 'vitest'
import { BERTH, startBerthProcess } from '../support/berth-process.ts'
import { type Outcome, runProgram } from '../support/client.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'

/** Starts a Berth that can't start, and waits for its end. */
function start(flags: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<Outcome> {
  return runProgram(process.execPath, [BERTH, 'serve', '--port', '0', ...flags], { env })
}

/** What a user sees: lines that tell the problem and what to do about it, and no stack. */
function expectExplained(
  { stdout, stderr, exitCode }: Outcome,
  code: number,
  ...said: readonly string[]
): void {
  expect({ stdout, exitCode, stack: /^\s+at /m.test(stderr) }).toEqual({
    stdout: '',
    exitCode: code,
    stack: false,
  })
  for (const text of said) expect(stderr).toContain(text)
  expect(stderr.trim().split('\n').length).toBeLessThanOrEqual(2)
}

test('a port that is taken', async () => {
  await using folder = await temporaryFolder()
  const other = createServer().listen(0, '127.0.0.1')
  await once(other, 'listening')
  const address = other.address()
  const port = typeof address === 'object' ? String(address?.port) : ''
  expectExplained(
    await start(['--data-dir', folder.path, '--port', port]),
    1,
    `Port ${port} of 127.0.0.1 is taken`,
    '--port',
  )
  other.close()
})

test('an address that the machine does not have', async () => {
  await using folder = await temporaryFolder()
  const outcome = await start(['--data-dir', folder.path, '--host', '192.0.2.1', '--allow-plain-http'])
  expectExplained(outcome, 1, 'This machine has no address 192.0.2.1', '--host')
})

test('a data folder that another Berth has', async () => {
  await using berth = await startBerthProcess()
  const outcome = await start(['--data-dir', berth.dataDir])
  expectExplained(outcome, 1, `Another Berth is running on the data folder ${berth.dataDir}`, '--data-dir')
})

test('a data folder whose files are no files', async () => {
  await using folder = await temporaryFolder()
  await mkdir(join(folder.path, 'lock'))
  const outcome = await start(['--data-dir', folder.path])
  expectExplained(outcome, 1, `The data folder ${folder.path} can't be used`, '--data-dir')
})

test('a data folder that is a file', async () => {
  await using folder = await temporaryFolder()
  const file = join(folder.path, 'file')
  await writeFile(file, '')
  expectExplained(await start(['--data-dir', file]), 1, `${file} can't be used`, '--data-dir')
})

test('a data folder that can not be made', async () => {
  await using folder = await temporaryFolder()
  await writeFile(join(folder.path, 'file'), '')
  const below = join(folder.path, 'file/data')
  expectExplained(await start(['--data-dir', below]), 1, "can't be used", '--data-dir')
})

test('a database that a newer Berth has written', async () => {
  await using berth = await startBerthProcess()
  await berth.terminate()
  const database = new DatabaseSync(join(berth.dataDir, 'metadata.db'))
  database.exec("insert into schema_migrations values ('9999-from-the-future', 0)")
  database.close()
  const outcome = await start(['--data-dir', berth.dataDir])
  expectExplained(outcome, 1, 'newer version of Berth', '9999-from-the-future')
})

test('a database that is damaged', async () => {
  await using folder = await temporaryFolder()
  await writeFile(join(folder.path, 'metadata.db'), 'no database at all, but long enough to be taken for one')
  expectExplained(
    await start(['--data-dir', folder.path]),
    1,
    "database in the data folder can't be used",
    'backup',
  )
})

test('a PostgreSQL that does not answer', async () => {
  await using folder = await temporaryFolder()
  const flags = ['--data-dir', folder.path, '--database', 'postgres://berth:hidden@127.0.0.1:1/berth']
  const outcome = await start(flags)
  expectExplained(outcome, 1, 'The database does not answer', '--database')
  expect(outcome.stderr).not.toContain('hidden')
})

test('secrets that are none', async () => {
  await using folder = await temporaryFolder()
  await mkdir(folder.path, { recursive: true })
  await writeFile(join(folder.path, 'secrets.json'), '{ "rootSecretKey": "hidden" }')
  const outcome = await start(['--data-dir', folder.path])
  expectExplained(outcome, 1, `${join(folder.path, 'secrets.json')} does not hold what Berth wrote`, 'backup')
  expect(outcome.stderr).not.toContain('hidden')
})

test('plain HTTP for other machines that nobody has allowed', async () => {
  const outcome = await start(['--host', '0.0.0.0'])
  expectExplained(outcome, 2, 'plain HTTP', '--tls-cert', '--tls-local', '--allow-plain-http')
})

test('a certificate that is not there', async () => {
  await using folder = await temporaryFolder()
  const files = ['--tls-cert', join(folder.path, 'cert.pem'), '--tls-key', join(folder.path, 'key.pem')]
  const outcome = await start(['--data-dir', folder.path, '--tls-port', '0', ...files])
  expectExplained(outcome, 1, "cert.pem can't be read (ENOENT)", '--tls-cert and --tls-key')
})

test('a local CA that was made for other names', async () => {
  await using folder = await temporaryFolder()
  const flags = ['--data-dir', folder.path, '--tls-local', '--tls-port', '0']
  const first = await startBerthProcess({ dataDir: folder.path, flags: flags.slice(2) })
  await first[Symbol.asyncDispose]()
  const outcome = await start([...flags, '--registry-domain', 'ecr.example'])
  expectExplained(outcome, 1, 'was not made for ecr.example', 'berth trust --remove')
})

test('a setting that makes no sense', async () => {
  expectExplained(await start(['--region', 'EU West']), 2, "--region must be a region's name", '"EU West"')
})

test('a variable that is misspelt', async () => {
  expectExplained(await start([], { BERTH_PROT: '1' }), 2, 'did you mean BERTH_PORT?')
})

test('a flag that is misspelt', async () => {
  const { stderr, exitCode } = await start(['--data-dri', 'x'])
  expect(exitCode).toBe(2)
  expect(stderr).toContain("unknown option '--data-dri'\n(Did you mean --data-dir?)")
})

test('a command that is misspelt', async () => {
  const { stderr, exitCode } = await runProgram(process.execPath, [BERTH, 'sevre'])
  expect(exitCode).toBe(2)
  expect(stderr).toContain("unknown command 'sevre'\n(Did you mean serve?)")
})

test('a choice that a command within a command has not', async () => {
  const { stderr, exitCode } = await runProgram(process.execPath, [
    BERTH,
    'robot',
    'create',
    'ci',
    '--allow',
    'fly',
  ])
  expect(exitCode).toBe(2)
  expect(stderr).toContain('Allowed choices are pull, push, create, delete')
  expect(stderr).toContain('berth <command> --help')
})
