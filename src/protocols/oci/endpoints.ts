import { createOnPush } from './create-on-push.ts'
import type { RegistryEndpoint, RepositoryEndpoint } from './endpoint.ts'
import { appendToUpload } from './endpoints/append-to-upload.ts'
import { cancelUpload } from './endpoints/cancel-upload.ts'
import { deleteBlob } from './endpoints/delete-blob.ts'
import { deleteManifest } from './endpoints/delete-manifest.ts'
import { finishUpload } from './endpoints/finish-upload.ts'
import { getBlob } from './endpoints/get-blob.ts'
import { getManifest } from './endpoints/get-manifest.ts'
import { getUpload } from './endpoints/get-upload.ts'
import { headBlob } from './endpoints/head-blob.ts'
import { headManifest } from './endpoints/head-manifest.ts'
import { listReferrers } from './endpoints/list-referrers.ts'
import { listRepositories } from './endpoints/list-repositories.ts'
import { listTags } from './endpoints/list-tags.ts'
import { mountBlob } from './endpoints/mount-blob.ts'
import { ping } from './endpoints/ping.ts'
import { putManifest } from './endpoints/put-manifest.ts'
import { startUpload } from './endpoints/start-upload.ts'
import { uploadWhole } from './endpoints/upload-whole.ts'
import type { RegistryResource, RepositoryResource } from './route.ts'

/** The endpoints on one kind of path, by method. */
export type Methods<Endpoint> = ReadonlyMap<string, Endpoint>

/** Everything the `/v2/` door answers below a registry itself. */
export const registryEndpoints: Readonly<Record<RegistryResource, Methods<RegistryEndpoint>>> = {
  ping: methods({ GET: ping, HEAD: ping }),
  catalog: methods({ GET: listRepositories, HEAD: listRepositories }),
}

/** Everything the `/v2/` door answers below a repository. */
export const repositoryEndpoints: Readonly<Record<RepositoryResource, Methods<RepositoryEndpoint>>> = {
  manifest: methods({ GET: getManifest, HEAD: headManifest, PUT: putManifest, DELETE: deleteManifest }),
  tags: methods({ GET: listTags, HEAD: listTags }),
  referrers: methods({ GET: listReferrers, HEAD: listReferrers }),
  blob: methods({ GET: getBlob, HEAD: headBlob, DELETE: deleteBlob }),
  'upload-start': methods({ POST: createOnPush(startUpload) }),
  'upload-whole': methods({ POST: createOnPush(uploadWhole) }),
  'blob-mount': methods({ POST: createOnPush(mountBlob) }),
  upload: methods({ GET: getUpload, PATCH: appendToUpload, PUT: finishUpload, DELETE: cancelUpload }),
}

function methods<Endpoint>(byName: Readonly<Record<string, Endpoint>>): Methods<Endpoint> {
  return new Map(Object.entries(byName))
}
