import { LimitExceededError } from '../../core/errors.ts'

const mebibyte = 1024 * 1024
const allowed = 32 * mebibyte

/**
 * How many bytes of manifests one response may carry: 32 MiB. A JSON response is held whole, and a hundred of the largest
 * manifests would be 400 MiB.
 */
export class ManifestAllowance {
  #left = allowed

  /** Bytes taken so far. */
  get taken(): number {
    return allowed - this.#left
  }

  /** @throws LimitExceededError when that is more than what is left */
  take(bytes: number): void {
    this.#left -= bytes
    if (this.#left >= 0) return
    throw new LimitExceededError(
      `The manifests of the requested images are larger than ${allowed / mebibyte} MiB together. Request fewer images.`,
    )
  }
}
