/** Tags of what has an ARN and no table of tags of its own. */
export interface ArnTagReader {
  of(arn: string): Promise<ReadonlyMap<string, string>>
}

export interface ArnTagWriter {
  put(arn: string, tags: ReadonlyMap<string, string>): Promise<void>
  remove(arn: string, keys: readonly string[]): Promise<void>
  /** Removes all of them, when what they hang on goes. */
  clear(arn: string): Promise<void>
}
