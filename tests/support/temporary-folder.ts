import { mkdtempDisposable } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

export interface TemporaryFolder extends AsyncDisposable {
  readonly path: string
}

/** A folder under the system's own, gone with all it holds when it is disposed of. */
export function temporaryFolder(): Promise<TemporaryFolder> {
  return mkdtempDisposable(join(tmpdir(), 'berth-test-'))
}
