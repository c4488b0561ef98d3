import type { PullGate } from '../../core/scanning/pull-gate.ts'

export interface PullGateReader {
  of(repositoryId: number): Promise<PullGate | undefined>
}

export interface PullGateWriter {
  put(repositoryId: number, gate: PullGate): Promise<void>
  /** False when there was none. */
  delete(repositoryId: number): Promise<boolean>
}
