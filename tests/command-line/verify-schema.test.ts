import { Client } from 'pg'
import { expect, test } from 'vitest'
import { testUnless } from '../support/installed-programs.ts'
import { startPostgresDatabase } from '../support/postgres-database.ts'
import { missingPostgres } from '../support/start-postgres.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'
import { execute, pushImages, verify } from './verify-world.ts'

const cases = {
  'that a newer Berth has upgraded': {
    sql: "insert into schema_migrations (name, applied_at) values ('9999-future', 0)",
    told: /written by a newer version of Berth \(it has 9999-future\).*Use that version/,
  },
  'that an older Berth has written': {
    sql: "delete from schema_migrations where name = '0003-history'",
    told: /written by an older version of Berth \(it lacks 0003-history\).*Start this version once/,
  },
  'with tables of something else': {
    sql: 'drop table schema_migrations',
    told: /holds nothing of Berth/,
  },
} as const

for (const [name, { sql, told }] of Object.entries(cases)) {
  test(`a database ${name} is not verified, with what to do`, async () => {
    await using folder = await temporaryFolder()
    await pushImages(folder.path)
    execute(folder.path, sql)
    expect(await verify(folder.path)).toEqual({
      exitCode: 2,
      stdout: '',
      stderr: expect.stringMatching(told),
    })
  })
}

testUnless(missingPostgres() ?? false)('with PostgreSQL so it is', async () => {
  await using folder = await temporaryFolder()
  await using database = await startPostgresDatabase()
  await using empty = await startPostgresDatabase()
  await pushImages(folder.path, { database: database.url })
  expect(await verify(folder.path, ['--database', empty.url])).toMatchObject({
    exitCode: 2,
    stderr: expect.stringMatching(cases['with tables of something else'].told),
  })
  for (const { sql, told } of Object.values(cases)) {
    await executeOn(database.url, sql)
    expect(await verify(folder.path, ['--database', database.url])).toMatchObject({
      exitCode: 2,
      stderr: expect.stringMatching(told),
    })
    if (sql.startsWith('insert'))
      await executeOn(database.url, "delete from schema_migrations where name = '9999-future'")
  }
})

async function executeOn(url: string, sql: string): Promise<void> {
  const client = new Client({ connectionString: url })
  await client.connect()
  await client.query(sql)
  await client.end()
}
