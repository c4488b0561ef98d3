import type { CompiledQuery, Kysely } from 'kysely'
import type { Schema } from '../schema.ts'

interface Compilable<Row> {
  compile(): CompiledQuery<Row>
}

/**
 * A look-up that is built once and then run with other parameters: building a query takes longer than SQLite takes
 * to answer it. `build` must use its parameters in their order, each once, and nothing else as a value.
 *
 * @example
 * const find = preparedQuery(db, (id: number) => db.selectFrom('repositories').selectAll().where('id', '=', id))
 * const [repository] = await find(7)
 */
export function preparedQuery<Parameters extends readonly unknown[], Row>(
  db: Kysely<Schema>,
  build: (...parameters: Parameters) => Compilable<Row>,
): (...parameters: Parameters) => Promise<Row[]> {
  let compiled: CompiledQuery<Row> | undefined
  return async (...parameters) => {
    compiled ??= compileInOrder(build, parameters)
    const { rows } = await db.executeQuery<Row>({ ...compiled, parameters })
    return rows
  }
}

function compileInOrder<Parameters extends readonly unknown[], Row>(
  build: (...parameters: Parameters) => Compilable<Row>,
  parameters: Parameters,
): CompiledQuery<Row> {
  const compiled = build(...parameters).compile()
  const inOrder = compiled.parameters.every((value, index) => value === parameters[index])
  if (!inOrder || compiled.parameters.length !== parameters.length) {
    throw new TypeError(`A prepared query must use its parameters in order: ${compiled.sql}`)
  }
  return compiled
}
