import type { Digest } from '../../names/digest.ts'

/** What a bill of materials is of, and who wrote it when. */
export interface SbomSubject {
  /** `team/app` */
  readonly repository: string
  readonly digest: Digest
  /** Another for each document: a UUID. */
  readonly id: string
  readonly at: Date
  /** Of Berth. */
  readonly version: string
}
