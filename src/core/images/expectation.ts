import type { Digest } from '../names/digest.ts'

/**
 * What somebody who is about to change a reference expects of it: asked with the digest it is on now, or undefined where it is on none.
 * Asked in the transaction of the change, so that of two who expect the same one is refused.
 */
export type Expectation = (current: Digest | undefined) => boolean
