import type { Upload } from '../../core/images/upload.ts'

export interface UploadReader {
  find(repositoryId: number, id: string): Promise<Upload | undefined>
  /** How many uploads a principal holds open in all repositories. */
  countOf(startedBy: string): Promise<number>
}

export interface UploadWriter {
  add(upload: Upload): Promise<void>
  /** Replaces the part counts. */
  setParts(upload: Upload): Promise<void>
  delete(id: string): Promise<void>
}
