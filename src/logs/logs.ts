import type { MetadataStore } from '../stores/metadata/metadata-store.ts'

/** What use cases of logs work with. */
export interface Logs {
  readonly metadata: MetadataStore
  readonly now: () => Date
}
