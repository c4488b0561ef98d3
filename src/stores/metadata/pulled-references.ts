import type { PulledReference } from '../../core/ecs/images/pulled-reference.ts'

export interface PulledReferenceReader {
  /**
   * What this Berth has pulled to an engine, by reference.
   *
   * @param engine the id of the container instance that it is
   */
  of(engine: string): Promise<PulledReference[]>
}

export interface PulledReferenceWriter {
  /** Adds a reference or takes its place. */
  put(engine: string, reference: PulledReference): Promise<void>
  /** Takes the place of what is known of a reference, unless that has changed; resolves to whether it did. */
  replace(engine: string, known: PulledReference, next: PulledReference): Promise<boolean>
  /** Forgets what was pulled to any engine. */
  deleteAll(): Promise<void>
  /** Forgets what is known of a reference, unless that has changed. */
  forget(engine: string, known: PulledReference): Promise<void>
}
