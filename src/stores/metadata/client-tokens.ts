import type { ClusterKey } from '../../core/ecs/cluster.ts'

/** What a request with a token was, and what it has started. */
export interface UsedToken {
  /** A hash of all else that the request says. */
  readonly request: string
  /** Ids of tasks. */
  readonly tasks: readonly string[]
}

export interface ClientTokenWriter {
  /**
   * Uses a token for a request, unless it was used within a day: then answers what for. Of several that try at once, in whatever process, one
   * comes first and the others wait for its transaction.
   */
  use(
    cluster: ClusterKey,
    token: string,
    use: UsedToken & { readonly at: Date },
  ): Promise<UsedToken | undefined>
  /** As if the token had not been used. */
  forget(cluster: ClusterKey, token: string): Promise<void>
  /** Forgets those of every account. */
  deleteAll(): Promise<void>
}
