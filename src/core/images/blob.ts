import type { Digest } from '../names/digest.ts'

/** Some bytes by name: a layer, a config, or any other blob. */
export interface Blob {
  readonly digest: Digest
  readonly size: number
}
