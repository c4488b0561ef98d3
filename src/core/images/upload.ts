/** A blob on its way in. Its bytes are in the blob store under the same id; these are the facts about them. */
export interface Upload {
  readonly id: string
  readonly repositoryId: number
  readonly startedAt: Date
  /** The ARN of the principal that began it. */
  readonly startedBy?: string
  /** Parts received through the JSON API; the `/v2/` door has no parts. */
  readonly parts: number
  /** Length of the shortest part that another part has followed; undefined while there is none. */
  readonly shortestInnerPart?: number
  /** Length of the latest part. */
  readonly lastPart?: number
}
