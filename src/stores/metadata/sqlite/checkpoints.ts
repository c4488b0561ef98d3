import type { SqliteDatabase } from './sqlite-database.ts'

/** Rows that change between two checkpoints: some 1,000 pages of the log, SQLite's own measure. */
const rowsBetween = 500

/**
 * Moves what the log has gathered into the database, now and then after a commit. SQLite would do so by itself and say nothing when
 * the disk fails to keep it, and take for moved what was lost.
 */
export class Checkpoints {
  readonly #database: SqliteDatabase
  #movedAt = 0

  constructor(database: SqliteDatabase) {
    this.#database = database
  }

  /** Call it after a commit. @throws SQLite's error */
  committed(): void {
    const changed = this.#database.changedRows()
    if (changed - this.#movedAt < rowsBetween) return
    this.#database.checkpoint()
    this.#movedAt = changed
  }
}
