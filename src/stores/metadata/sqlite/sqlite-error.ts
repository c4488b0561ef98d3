/** What SQLite refused in the writer's thread, brought over to this one. */
export class SqliteError extends Error {
  override readonly name = 'SqliteError'
  /** SQLite's extended result code. @see https://sqlite.org/rescode.html */
  readonly errcode: number
  constructor(message: string, errcode: number) {
    super(message)
    this.errcode = errcode
  }
}

/** SQLite's extended result code of an error from either thread; undefined when it isn't SQLite's. */
export function sqliteCodeOf(error: unknown): number | undefined {
  if (!(error instanceof Error) || !('errcode' in error)) return undefined
  return typeof error.errcode === 'number' ? error.errcode : undefined
}

const SQLITE_IOERR_FSYNC = 1034
const SQLITE_IOERR_DIR_FSYNC = 1290

/** Whether the disk could not keep what it was given: from then on nobody knows what of it there is. */
export function isSyncFailure(code: number | undefined): code is number {
  return code === SQLITE_IOERR_FSYNC || code === SQLITE_IOERR_DIR_FSYNC
}

/** The low byte of an extended code is the plain one: SQLITE_IOERR_WRITE (778) is a SQLITE_IOERR (10). */
export function primaryCode(code: number): number {
  return code & 0xff
}
