import { MemoryBlobStore } from './memory-blob-store.ts'
import { describeBlobStore } from './testing/blob-store-suite.ts'

describeBlobStore('blobs in memory', async () => {
  const store = new MemoryBlobStore()
  return { store, [Symbol.asyncDispose]: () => store[Symbol.asyncDispose]() }
})
