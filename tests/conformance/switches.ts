const apis = [
  'PING',
  'PULL',
  'PUSH',
  'BLOBS_ATOMIC',
  'BLOBS_DELETE',
  'BLOBS_DIGEST_HEADER',
  'BLOBS_MOUNT_ANONYMOUS',
  'BLOBS_UPLOAD_CANCEL',
  'MANIFESTS_ATOMIC',
  'MANIFESTS_DELETE',
  'MANIFESTS_DIGEST_HEADER',
  'MANIFESTS_TAG_PARAM',
  'TAGS_ATOMIC',
  'TAGS_DELETE',
  'TAGS_LIST',
  'REFERRER',
]

const data = [
  'IMAGE',
  'INDEX',
  'INDEX_LIST',
  'SPARSE',
  'ARTIFACT',
  'SUBJECT',
  'SUBJECT_MISSING',
  'ARTIFACT_LIST',
  'SUBJECT_LIST',
  'DATA_FIELD',
  'NONDISTRIBUTABLE',
  'CUSTOM_FIELDS',
  'NO_LAYERS',
  'EMPTY_BLOB',
  'SHA512',
]

/** Every switch of the program, on; `dev` is the specification with what has been merged since its last version. */
export const everything: Readonly<Record<string, string>> = {
  OCI_VERSION: 'dev',
  ...Object.fromEntries(apis.map((name) => [`OCI_API_${name}`, 'true'])),
  ...Object.fromEntries(data.map((name) => [`OCI_DATA_${name}`, 'true'])),
}

/** Every workflow of the older program; a mount without a named source is expected to work. */
export const everyWorkflow: Readonly<Record<string, string>> = {
  OCI_TEST_PULL: '1',
  OCI_TEST_PUSH: '1',
  OCI_TEST_CONTENT_DISCOVERY: '1',
  OCI_TEST_CONTENT_MANAGEMENT: '1',
  OCI_AUTOMATIC_CROSSMOUNT: '1',
  OCI_DELETE_MANIFEST_BEFORE_BLOBS: '1',
}
