/** CONTRACT. Repositories by key; entries live `ttl` ms (another process may have changed them) or until a write here drops them. */
export declare class RepositoryCache {
  constructor(options: { readonly ttl: number })
}
