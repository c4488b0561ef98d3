import type { EngineClaim } from '../../core/ecs/engine-claim.ts'

export interface EngineClaimReader {
  /** Each that there ever was, the last one last. */
  all(): Promise<EngineClaim[]>
}

export interface EngineClaimWriter {
  /**
   * Adds a claim behind so many; resolves to whether it did, since others may have been quicker. It stays for ever, as may what it is on.
   */
  add(claim: EngineClaim, behind: number): Promise<boolean>
}
