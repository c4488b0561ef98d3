/** What a registry keeps as a manifest (ECR user guide, "Container image manifest format support", without schema 1). */
export type ManifestMediaType =
  | 'application/vnd.docker.distribution.manifest.v2+json'
  | 'application/vnd.docker.distribution.manifest.list.v2+json'
  | 'application/vnd.oci.image.manifest.v1+json'
  | 'application/vnd.oci.image.index.v1+json'

/** An image manifest names a config and layers; an index names other manifests. */
export type ManifestKind = 'image' | 'index'

const kinds: Readonly<Record<ManifestMediaType, ManifestKind>> = {
  'application/vnd.docker.distribution.manifest.v2+json': 'image',
  'application/vnd.docker.distribution.manifest.list.v2+json': 'index',
  'application/vnd.oci.image.manifest.v1+json': 'image',
  'application/vnd.oci.image.index.v1+json': 'index',
}

/** Every type that is kept, as a client may list them in `Accept`. */
export const manifestMediaTypes: readonly string[] = Object.keys(kinds)

const nonDistributable: ReadonlySet<string> = new Set([
  'application/vnd.docker.image.rootfs.foreign.diff.tar',
  'application/vnd.docker.image.rootfs.foreign.diff.tar.gzip',
  'application/vnd.oci.image.layer.nondistributable.v1.tar',
  'application/vnd.oci.image.layer.nondistributable.v1.tar+gzip',
  'application/vnd.oci.image.layer.nondistributable.v1.tar+zstd',
])

export function isManifestMediaType(mediaType: string): mediaType is ManifestMediaType {
  return Object.hasOwn(kinds, mediaType)
}

export function manifestKind(mediaType: ManifestMediaType): ManifestKind {
  return kinds[mediaType]
}

/** Whether the bytes of such a layer are meant to stay where their licence keeps them. @see OCI image spec, "Non-Distributable Layers" */
export function isNonDistributable(mediaType: string): boolean {
  return nonDistributable.has(mediaType)
}
