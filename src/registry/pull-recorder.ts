import type { Digest } from '../core/names/digest.ts'
import type { MetadataStore } from '../stores/metadata/metadata-store.ts'

/** CONTRACT. Gathers pulls in memory, writes them in batches every `flushEvery` ms and on dispose. */
export declare class PullRecorder implements AsyncDisposable {
  constructor(options: {
    readonly metadata: MetadataStore
    readonly flushEvery: number
    readonly onError: (error: unknown) => void
  })
  record(repositoryId: number, digest: Digest, at: Date): void
  flush(): Promise<void>
  [Symbol.asyncDispose](): Promise<void>
}
