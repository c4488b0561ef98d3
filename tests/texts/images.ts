import { z } from 'zod'
import { invalid, refused, type SeenText } from './seen-text.ts'
import { app, fixed, image, index, none, nowhere, other, ours, partly, type TextWorld } from './text-world.ts'

const batch = z.object({
  failures: z.array(z.object({ failureCode: z.string(), failureReason: z.string() })),
})
const inApp = `within the repository with name '${app}' in the registry with id '${ours}'`
const required = `required for pushing image into repository with name '${app}' in the registry with id '${ours}' do not exist`
const immutable = (name: string, what: string) =>
  `ImageTagAlreadyExistsException: The image tag 'v1' already exists in the '${name}' repository and cannot be overwritten because the ${what} is immutable.`

function notFound(imageId: { readonly imageDigest?: string; readonly imageTag?: string }): SeenText {
  const { imageDigest = 'null', imageTag = 'null' } = imageId
  return refused(
    `no image is ${JSON.stringify(imageId)}`,
    'DescribeImages',
    { repositoryName: app, imageIds: [imageId] },
    `ImageNotFoundException: The image with imageId {imageDigest:'${imageDigest}', imageTag:'${imageTag}'} does not exist ${inApp}`,
  )
}

function put(when: string, members: object, expected: string): SeenText {
  return refused(
    when,
    'PutImage',
    { repositoryName: app, imageManifest: image.manifest, ...members },
    expected,
  )
}

/** The one failure of a batch, as `code: reason`. */
function failed(when: string, operation: string, imageId: object, expected: string): SeenText {
  const provoke = async ({ call }: TextWorld) => {
    const { failures } = batch.parse(await call(operation, { repositoryName: app, imageIds: [imageId] }))
    return failures.map(({ failureCode, failureReason }) => `${failureCode}: ${failureReason}`).join('\n')
  }
  return { when, expected, provoke }
}

const withLayer = (digest: string) =>
  JSON.stringify(JSON.parse(image.manifest), (key, value) =>
    key === 'layers' ? [{ ...value[0], digest }] : value,
  )
const withChild = (digest: string) => index.manifest.replace(image.digest, digest)
const manyLayers = () =>
  JSON.stringify(JSON.parse(image.manifest), (key, value) =>
    key === 'layers' ? Array.from({ length: 1_001 }, () => value[0]) : value,
  )

/** What is said about images, manifests and tags. */
export const imageTexts: readonly SeenText[] = [
  notFound({ imageTag: 'never' }),
  notFound({ imageDigest: nowhere }),
  notFound({ imageDigest: nowhere, imageTag: 'v1' }),
  put(
    'an image is put again under its tag',
    { imageTag: 'v1' },
    `ImageAlreadyExistsException: Image with digest '${image.digest}' and tag 'v1' already exists in the repository with name '${app}' in registry with id '${ours}'`,
  ),
  put(
    'a tag of an immutable repository is to move',
    { repositoryName: fixed, imageManifest: other.manifest, imageTag: 'v1' },
    immutable(fixed, 'repository'),
  ),
  put(
    'a tag of an immutable repository is put where it is',
    { repositoryName: fixed, imageTag: 'v1' },
    immutable(fixed, 'repository'),
  ),
  put(
    'a tag that no filter excludes is to move',
    { repositoryName: partly, imageManifest: other.manifest, imageTag: 'v1' },
    immutable(partly, 'tag'),
  ),
  put(
    'a manifest does not hash to the digest given',
    { imageDigest: nowhere },
    `ImageDigestDoesNotMatchException: The image with digest '${nowhere}' in repository '${app}' and registry ID '${ours}' does not match the image digest that Amazon ECR has calculated.`,
  ),
  put(
    'a layer is missing',
    { imageManifest: withLayer(nowhere), imageTag: 'v2' },
    `LayersNotFoundException: Layers with digests '[${nowhere}]' ${required}`,
  ),
  put(
    'an image that an index lists is missing',
    { imageManifest: withChild(nowhere), imageTag: 'v2' },
    `ReferencedImagesNotFoundException: Images with digests '[${nowhere}]' ${required}`,
  ),
  put('a manifest is no JSON', { imageManifest: '{' }, invalid('ImageManifest', 'Invalid JSON syntax')),
  put(
    'a manifest has another shape than its type',
    { imageManifest: image.manifest.replace('"layers"', '"layer"') },
    invalid('ImageManifest', 'Invalid JSON syntax'),
  ),
  put(
    'a manifest has too many layers',
    { imageManifest: manyLayers() },
    invalid('ImageManifest', 'Limit on number of layers per image exceeded'),
  ),
  put(
    'a tag is none',
    { imageTag: 'a/b' },
    invalid('imageTag', "must satisfy regular expression '[a-zA-Z0-9-_.]+'"),
  ),
  ...['BatchGetImage', 'BatchDeleteImage'].flatMap((operation) =>
    [{ imageTag: 'never' }, { imageDigest: nowhere }].map((imageId) =>
      failed(
        `${operation} finds no ${JSON.stringify(imageId)}`,
        operation,
        imageId,
        'ImageNotFound: Requested image not found',
      ),
    ),
  ),
  ...[{ imageTag: 'v1' }, { imageDigest: image.digest }].map((imageId) =>
    failed(
      `an image of an index is to be deleted by ${Object.keys(imageId)[0]}`,
      'BatchDeleteImage',
      imageId,
      `ImageReferencedByManifestList: Requested image referenced by manifest list: [${index.digest}]`,
    ),
  ),
  refused(
    'a tag is put into a repository that is not there',
    'PutImage',
    { repositoryName: none, imageManifest: image.manifest, imageTag: 'v1' },
    `RepositoryNotFoundException: The repository with name '${none}' does not exist in the registry with id '${ours}'`,
  ),
]
