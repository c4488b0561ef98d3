/** How long what was read from the metadata store may be trusted. */
export interface CacheLifetime {
  /** Milliseconds; 0 remembers nothing, Infinity as long as there is room. */
  readonly ttl: number
  readonly now: () => Date
}

/** The same in lru-cache's words. */
export function lifetimeOptions({ ttl, now }: CacheLifetime): object {
  if (ttl === Number.POSITIVE_INFINITY) return {}
  return { ttl: Math.ceil(ttl), ttlResolution: 0, perf: { now: () => now().getTime() } }
}
