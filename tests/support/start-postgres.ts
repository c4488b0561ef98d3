import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { existsSync, readdirSync } from 'node:fs'
import { chown, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { createInterface } from 'node:readline'
import { Client } from 'pg'

/** A PostgreSQL server for one test file; each test takes an empty database from it. */
export interface TestPostgres extends AsyncDisposable {
  createDatabase(): Promise<{ readonly url: string } & AsyncDisposable>
}

/**
 * Why there is no PostgreSQL to test with, or undefined when there is one.
 *
 * @throws when there is none and BERTH_TEST_REQUIRE_ALL=1 asks for every test
 */
export function missingPostgres(): string | undefined {
  if (process.env.BERTH_TEST_POSTGRES || findBinaries()) return undefined
  const reason = 'no PostgreSQL server binaries, and BERTH_TEST_POSTGRES is not set'
  if (process.env.BERTH_TEST_REQUIRE_ALL === '1') throw new Error(reason)
  return reason
}

/** Uses the server at BERTH_TEST_POSTGRES (a superuser's URL), or starts one in a temporary folder. */
export async function startPostgres(): Promise<TestPostgres> {
  const given = process.env.BERTH_TEST_POSTGRES
  if (given) return { createDatabase: () => createDatabase(given), async [Symbol.asyncDispose]() {} }
  const binaries = findBinaries()
  if (!binaries) throw new Error(missingPostgres())
  return startCluster(binaries)
}

async function startCluster(binaries: string): Promise<TestPostgres> {
  const folder = await mkdtemp(join(tmpdir(), 'berth-postgres-'))
  const owner = serverUser()
  if (owner) await chown(folder, owner.uid, owner.gid)
  const data = join(folder, 'data')
  // A language's own sorting, so that a test can tell it from the order of bytes.
  const locale = ['--locale-provider=icu', '--icu-locale=en-US', '--locale=C.UTF-8', '--encoding=UTF8']
  execFileSync(
    join(binaries, 'initdb'),
    ['--pgdata', data, '--username', 'berth', '--auth=trust', '--no-instructions', '--no-sync', ...locale],
    { ...owner, stdio: 'pipe' },
  )
  const settings = ['listen_addresses=', 'fsync=off'].flatMap((setting) => ['-c', setting])
  const server = spawn(join(binaries, 'postgres'), ['-D', data, '-k', folder, ...settings], {
    ...owner,
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  await isReady(server)
  return {
    createDatabase: () => createDatabase(`postgres://berth@localhost/postgres?host=${folder}`),
    async [Symbol.asyncDispose]() {
      server.kill('SIGINT')
      await once(server, 'exit')
      await rm(folder, { recursive: true })
    },
  }
}

async function createDatabase(server: string) {
  const name = `berth_test_${randomUUID().replaceAll('-', '')}`
  await runStatement(server, `create database ${name}`)
  const url = new URL(server)
  url.pathname = `/${name}`
  return {
    url: url.href,
    [Symbol.asyncDispose]: () => runStatement(server, `drop database ${name} with (force)`),
  }
}

async function runStatement(url: string, statement: string): Promise<void> {
  const client = new Client(url)
  await client.connect()
  try {
    await client.query(statement)
  } finally {
    await client.end()
  }
}

async function isReady(server: ChildProcess): Promise<void> {
  if (!server.stderr) throw new Error('The server has no error output to read')
  const said: string[] = []
  for await (const line of createInterface({ input: server.stderr })) {
    if (line.includes('ready to accept connections')) {
      server.stderr.resume()
      return
    }
    said.push(line)
  }
  throw new Error(`PostgreSQL did not start:\n${said.join('\n')}`)
}

/** The server refuses to run as root; Debian's package has a user for it. */
function serverUser(): { readonly uid: number; readonly gid: number } | undefined {
  if (process.getuid?.() !== 0) return undefined
  const id = (flag: string) => Number(execFileSync('id', [flag, 'postgres'], { encoding: 'utf8' }))
  return { uid: id('-u'), gid: id('-g') }
}

function findBinaries(): string | undefined {
  const debian = '/usr/lib/postgresql'
  const versions = existsSync(debian) ? readdirSync(debian).toSorted((a, b) => Number(b) - Number(a)) : []
  const folders = [
    ...versions.map((version) => join(debian, version, 'bin')),
    ...(process.env.PATH ?? '').split(delimiter),
  ]
  return folders.find((folder) => existsSync(join(folder, 'initdb')) && existsSync(join(folder, 'postgres')))
}
