import { StorageFullError } from '../../../core/errors.ts'

/** Whether the file system says that there is no such file. */
export function isNotFound(error: unknown): boolean {
  return codeOf(error) === 'ENOENT'
}

/** A full disk, or a used-up quota on it, as the domain's own error; any other error as it is. */
export function asStorageError(error: unknown): unknown {
  return isDiskFull(error) ? new StorageFullError({ cause: error }) : error
}

function isDiskFull(error: unknown): boolean {
  const code = codeOf(error)
  if (code === 'ENOSPC' || code === 'EDQUOT') return true
  return error instanceof Error && error.cause !== undefined && isDiskFull(error.cause)
}

function codeOf(error: unknown): unknown {
  return error instanceof Error && 'code' in error ? error.code : undefined
}
