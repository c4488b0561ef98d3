/** The AWS resource tags (key, value) of a repository, by key. */
export interface ResourceTagReader {
  of(repositoryId: number): Promise<ReadonlyMap<string, string>>
}

export interface ResourceTagWriter {
  /** Adds tags; an existing key gets the new value. */
  put(repositoryId: number, tags: ReadonlyMap<string, string>): Promise<void>
  /** Removes tags; unknown keys are passed over. */
  remove(repositoryId: number, keys: readonly string[]): Promise<void>
}
