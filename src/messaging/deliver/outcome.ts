import type { MetadataTransaction } from '../../stores/metadata/metadata-store.ts'

/** How a try has ended, and what the other side said. */
export type Outcome =
  | {
      readonly kind: 'delivered'
      readonly answer: string
      /** What it means here, in the transaction that notes it. */
      readonly effect?: ((tx: MetadataTransaction) => Promise<void>) | undefined
    }
  /** Trying again would be of no use. */
  | { readonly kind: 'refused'; readonly answer: string }
  /** No try was made; it is made when the receiver rests no longer. */
  | { readonly kind: 'postponed'; readonly answer: string; readonly until: Date }
  | { readonly kind: 'failed'; readonly answer: string; readonly retryAfterMs?: number | undefined }

export function refused(answer: string): Outcome {
  return { kind: 'refused', answer }
}
