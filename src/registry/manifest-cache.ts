/** CONTRACT. Manifest bytes by (repository id, digest), bounded by bytes; least recently used goes first. */
export declare class ManifestCache {
  constructor(options: { readonly maxBytes: number })
}
