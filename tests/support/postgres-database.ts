import { startPostgres } from './start-postgres.ts'

/** An empty database on a server of its own; both are gone when it is disposed of. */
export async function startPostgresDatabase(): Promise<{ readonly url: string } & AsyncDisposable> {
  await using starting = new AsyncDisposableStack()
  const postgres = starting.use(await startPostgres())
  const { url } = starting.use(await postgres.createDatabase())
  const started = starting.move()
  return { url, [Symbol.asyncDispose]: () => started.disposeAsync() }
}
