import { refusedByV2, type SeenText } from './seen-text.ts'
import { app, fixed, image, index, none, nowhere, other, ours, partly, theirs } from './text-world.ts'

const missing = `404 NAME_UNKNOWN: The repository with name '${none}' does not exist in the registry with id '${ours}'`
const required = `required for pushing image into repository with name '${app}' in the registry with id '${ours}' do not exist`
const invalid = (field: string, constraint: string) =>
  `405 UNSUPPORTED: Invalid parameter at '${field}' failed to satisfy constraint: '${constraint}'`
const immutable = (name: string, what: string) =>
  `400 TAG_INVALID: The image tag 'v1' already exists in the '${name}' repository and cannot be overwritten because the ${what} is immutable.`
const manifest = (body: string, mediaType = image.mediaType) => ({
  body,
  headers: { 'content-type': mediaType },
})
const changed = (change: (manifest: { layers: object[] }) => object) =>
  manifest(JSON.stringify(change(JSON.parse(image.manifest))))
const denied = (action: string) =>
  `403 DENIED: User: arn:aws:iam::${theirs}:root is not authorized to perform: ecr:${action} on resource: arn:aws:ecr:us-east-1:${ours}:repository/${app} because no resource-based policy allows the ecr:${action} action`

/** Whoever may not is told the same as by the JSON API. */
function deniedToThem(method: string, path: string, action: string): SeenText {
  const when = `${method} ${path} comes from another account`
  return { when, expected: denied(action), provoke: ({ v2AsThem }) => v2AsThem(method, path) }
}

/** What docker prints, before it has made it lower case. */
export const dockerTexts: readonly SeenText[] = [
  refusedByV2('a pull finds no repository', ['GET', `/v2/${none}/manifests/v1`], missing),
  refusedByV2('a push finds no repository', ['POST', `/v2/${none}/blobs/uploads/`], missing),
  refusedByV2('tags of no repository are listed', ['GET', `/v2/${none}/tags/list`], missing),
  refusedByV2(
    'a manifest finds no repository',
    ['PUT', `/v2/${none}/manifests/v1`, manifest(image.manifest)],
    missing,
  ),
  ...['never', nowhere].map((reference) =>
    refusedByV2(
      `there is no image ${reference.slice(0, 12)}`,
      ['GET', `/v2/${app}/manifests/${reference}`],
      '404 MANIFEST_UNKNOWN: Requested image not found',
    ),
  ),
  refusedByV2(
    'a tag of an immutable repository is to move',
    ['PUT', `/v2/${fixed}/manifests/v1`, manifest(other.manifest)],
    immutable(fixed, 'repository'),
  ),
  refusedByV2(
    'a tag that no filter excludes is to move',
    ['PUT', `/v2/${partly}/manifests/v1`, manifest(other.manifest)],
    immutable(partly, 'tag'),
  ),
  refusedByV2(
    'a layer is missing',
    [
      'PUT',
      `/v2/${app}/manifests/v2`,
      changed((one) => ({ ...one, layers: [{ ...one.layers[0], digest: nowhere }] })),
    ],
    `404 MANIFEST_BLOB_UNKNOWN: Layers with digests '[${nowhere}]' ${required}`,
  ),
  refusedByV2(
    'an image that an index lists is missing',
    [
      'PUT',
      `/v2/${app}/manifests/v2`,
      manifest(index.manifest.replace(image.digest, nowhere), 'application/vnd.oci.image.index.v1+json'),
    ],
    `404 MANIFEST_BLOB_UNKNOWN: Images with digests '[${nowhere}]' ${required}`,
  ),
  refusedByV2(
    'a manifest does not hash to its name',
    ['PUT', `/v2/${app}/manifests/${nowhere}`, manifest(image.manifest)],
    `400 MANIFEST_INVALID: The image with digest '${nowhere}' in repository '${app}' and registry ID '${ours}' does not match the image digest that Amazon ECR has calculated.`,
  ),
  refusedByV2(
    'a manifest is no JSON',
    ['PUT', `/v2/${app}/manifests/v2`, manifest('{')],
    invalid('ImageManifest', 'Invalid JSON syntax'),
  ),
  refusedByV2(
    'a manifest has too many layers',
    [
      'PUT',
      `/v2/${app}/manifests/v2`,
      changed((one) => ({ ...one, layers: Array.from({ length: 1_001 }, () => one.layers[0]) })),
    ],
    invalid('ImageManifest', 'Limit on number of layers per image exceeded'),
  ),
  refusedByV2(
    'an image of an index is to be deleted',
    ['DELETE', `/v2/${app}/manifests/${image.digest}`],
    `405 UNSUPPORTED: Requested image referenced by manifest list: [${index.digest}]`,
  ),
  refusedByV2(
    'a layer does not hash to the digest given',
    ['POST', `/v2/${app}/blobs/uploads/?digest=${nowhere}`, { body: 'something else' }],
    '400 BLOB_UPLOAD_INVALID: None of the provided layer digests match the calculated layer digest',
  ),
  refusedByV2('nothing is there', ['GET', '/nowhere'], '404 404 page not found\n'),
  deniedToThem('POST', `/v2/${app}/blobs/uploads/`, 'InitiateLayerUpload'),
  deniedToThem('GET', `/v2/${app}/manifests/v1`, 'BatchGetImage'),
  {
    when: 'nobody says who they are',
    expected: '401 text/plain; charset=utf-8 15 registry/2.0 Not Authorized\n',
    async provoke({ berth }) {
      const { status, headers, ...answer } = await fetch(new URL(`/v2/${app}/manifests/v1`, berth.url)).then(
        async (response) => ({
          status: response.status,
          headers: response.headers,
          body: await response.text(),
        }),
      )
      const names = ['content-type', 'content-length', 'docker-distribution-api-version']
      return [status, ...names.map((name) => headers.get(name)), answer.body].join(' ')
    },
  },
  {
    when: 'a token is older than twelve hours',
    expected: '403 DENIED: Your authorization token has expired. Reauthenticate and try again.',
    async provoke({ v2, pass }) {
      await pass(12)
      return v2('GET', '/v2/')
    },
  },
]
