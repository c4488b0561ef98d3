import { Kysely, PostgresDialect } from 'kysely'
import { Pool, types } from 'pg'
import type { RepositoryName } from '../../core/names/repository-name.ts'
import type { Audit } from './audit.ts'
import type { MetadataStore } from './metadata-store.ts'
import { migrate, requireCurrentSchema } from './migrations/migrate.ts'
import { postgresDialect } from './postgres/postgres-dialect.ts'
import { spotOfDatabase } from './postgres/spot-of-database.ts'
import type { Schema } from './schema.ts'
import { kyselyAudit } from './sql/kysely-audit.ts'
import { kyselyMetadata, type SqlConnections } from './sql/kysely-metadata.ts'

export interface PostgresMetadataOptions {
  /** `postgres://user:password@host:port/database` */
  readonly url: string
  /** Connections at most, half of them for reading; 10 unless told. */
  readonly poolSize?: number
  readonly now?: () => Date
  /** Told when a connection breaks. Nothing needs doing: the next use opens another. */
  readonly onConnectionLost?: (error: Error) => void
}

/**
 * Opens the metadata store on PostgreSQL (14 or later), creating or upgrading its tables. Any number of Berth
 * processes may use one database.
 *
 * @throws SchemaTooNewError when a newer Berth has upgraded it
 */
export async function openPostgresMetadata(options: PostgresMetadataOptions): Promise<MetadataStore> {
  await using opened = new AsyncDisposableStack()
  const connections = connect(options)
  opened.use(connections)
  await migrate(connections.writer, postgresDialect, options.now ?? (() => new Date()))
  opened.move()
  return kyselyMetadata(connections, postgresDialect, () => spotOfDatabase(connections.reader))
}

/**
 * Opens the metadata of a database for an audit, beside any number of Berth processes. Its tables must be there.
 *
 * @param options.only the name of the repositories to look at; all unless told
 * @throws SchemaTooNewError, SchemaTooOldError
 */
export async function openPostgresAudit(
  options: Pick<PostgresMetadataOptions, 'url'> & { readonly only?: RepositoryName | undefined },
): Promise<{ readonly audit: Audit } & AsyncDisposable> {
  await using opened = new AsyncDisposableStack()
  const { reader } = opened.use(connect({ ...options, poolSize: 2 }))
  await requireCurrentSchema(reader)
  const owned = opened.move()
  return { audit: kyselyAudit(reader, options.only), [Symbol.asyncDispose]: () => owned.disposeAsync() }
}

/** Readers have connections of their own: transactions that wait for a lock can't use up all of them. */
function connect({ url, poolSize = 10, onConnectionLost }: PostgresMetadataOptions): SqlConnections {
  const open = (max: number) => {
    const pool = new Pool({ connectionString: url, max, types: { getTypeParser }, application_name: 'berth' })
    tellOfLostConnections(pool, onConnectionLost)
    return new Kysely<Schema>({ dialect: new PostgresDialect({ pool }) })
  }
  const reader = open(Math.ceil(poolSize / 2))
  const writer = open(Math.max(1, Math.floor(poolSize / 2)))
  return {
    reader,
    writer,
    async [Symbol.asyncDispose]() {
      await Promise.all([reader.destroy(), writer.destroy()])
    },
  }
}

/**
 * Tells once of each connection that is lost, whether it is idle, asked something or between two statements of a transaction.
 *
 * The pool listens to its idle connections alone, and an error nobody listens to ends the process. Whoever holds the
 * connection gets the error with its next statement.
 */
function tellOfLostConnections(pool: Pool, tell: (error: Error) => void = () => {}): void {
  const toldByTheConnection = () => {}
  pool.on('error', toldByTheConnection)
  pool.on('connect', (client) => client.once('error', tell).on('error', toldByTheConnection))
}

/** 64-bit integers come as numbers: times in milliseconds and sizes in bytes are far below 2^53. */
const getTypeParser: typeof types.getTypeParser = (id, format) =>
  id === types.builtins.INT8 ? Number : types.getTypeParser(id, format)
