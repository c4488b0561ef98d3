import type { RegistryResource, RepositoryResource } from './route.ts'

/** What requests of each kind are called in logs and metrics. Nothing a client chooses is in there. */
export const routeTemplates: Readonly<Record<RegistryResource | RepositoryResource | 'nowhere', string>> = {
  ping: '/v2/',
  catalog: '/v2/_catalog',
  manifest: '/v2/{name}/manifests/{reference}',
  tags: '/v2/{name}/tags/list',
  referrers: '/v2/{name}/referrers/{digest}',
  blob: '/v2/{name}/blobs/{digest}',
  upload: '/v2/{name}/blobs/uploads/{id}',
  'upload-start': '/v2/{name}/blobs/uploads/',
  'upload-whole': '/v2/{name}/blobs/uploads/?digest',
  'blob-mount': '/v2/{name}/blobs/uploads/?mount',
  nowhere: '/v2/...',
}
