import {
  BatchGetImageCommand,
  DescribeImagesCommand,
  PutImageCommand,
  type PutImageCommandInput,
} from '@aws-sdk/client-ecr'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { pushBlob } from '../support/push-image.ts'
import { sendRaw } from '../support/raw-request.ts'
import { send } from '../support/registry-client.ts'
import { readRegistryError, registryError } from '../support/registry-errors.ts'
import { SeededRandom } from '../support/seeded-random.ts'
import { type LocalBerth, startBerth } from '../support/start-berth.ts'
import { blobsOf, digestOf, randomImage, type TestImage } from '../support/test-image.ts'

const ociManifest = 'application/vnd.oci.image.manifest.v1+json'
const ociIndex = 'application/vnd.oci.image.index.v1+json'
const random = new SeededRandom('manifests')

let berth: LocalBerth

beforeAll(async () => {
  berth = await startBerth()
  await berth.createRepository('team/app')
  await berth.createRepository('team/fixed', { imageTagMutability: 'IMMUTABLE' })
})

afterAll(async () => {
  expect(berth.failures).toEqual([])
  await berth[Symbol.asyncDispose]()
})

test('a pushed manifest is answered with its digest and place', async () => {
  const image = await imageWithBlobs('team/app')
  const answer = await put('team/app', 'created', image)
  expect(answer.status).toBe(201)
  expect(answer.headers.get('location')).toBe(`/v2/team/app/manifests/${image.digest}`)
  expect(answer.headers.get('docker-content-digest')).toBe(image.digest)
})

test.each(['by its tag', 'by its digest'])('a manifest comes back byte for byte %s', async (how) => {
  const image = await berth.pushRandomImage('team/app', 'same-bytes')
  const reference = how === 'by its tag' ? 'same-bytes' : image.digest
  const answer = await ask('GET', `/v2/team/app/manifests/${reference}`)
  expect(await answer.text()).toBe(image.manifest)
  expect(answer.headers.get('content-type')).toBe(ociManifest)
  expect(answer.headers.get('docker-content-digest')).toBe(image.digest)
  expect(answer.headers.get('content-length')).toBe(String(image.manifest.length))
})

test.each([undefined, '*/*', ociManifest, ociIndex, 'application/json', 'text/html'])(
  'with Accept %s the manifest comes as it was pushed, named by its type',
  async (accept) => {
    const image = await berth.pushRandomImage('team/app', 'accepted')
    const answer = await sendRaw(berth.port, {
      path: '/v2/team/app/manifests/accepted',
      headers: { authorization: berth.authorization, ...(accept === undefined ? {} : { accept }) },
    })
    expect(answer).toMatchObject({ status: 200, body: image.manifest })
    expect(answer.headers['content-type']).toBe(ociManifest)
  },
)

test('HEAD tells everything but the bytes', async () => {
  const image = await berth.pushRandomImage('team/app', 'looked-at')
  const answer = await ask('HEAD', '/v2/team/app/manifests/looked-at')
  expect([answer.status, await answer.text()]).toEqual([200, ''])
  expect(answer.headers.get('docker-content-digest')).toBe(image.digest)
  expect(answer.headers.get('content-length')).toBe(String(image.manifest.length))
})

test('a tag is moved and deleted only from where the client saw it, if it says so', async () => {
  const [first, second, third] = await Promise.all(
    Array.from({ length: 3 }, () => imageWithBlobs('team/app')),
  )
  if (!first || !second || !third) throw new Error('too few images')
  const conditional = (method: string, condition: Readonly<Record<string, string>>, image?: TestImage) =>
    send(berth, method, '/v2/team/app/manifests/guarded', {
      headers: { ...condition, ...(image && { 'content-type': image.mediaType }) },
      body: image?.manifest,
    })
  const on = ({ digest }: TestImage) => ({ 'if-match': `"${digest}"` })
  expect((await conditional('PUT', on(first), first)).status).toBe(412)
  expect((await conditional('PUT', { 'if-none-match': '*' }, first)).status).toBe(201)
  expect(await registryError(await conditional('PUT', { 'if-none-match': '*' }, second))).toEqual({
    status: 412,
    code: 'DENIED',
    message: 'The reference is not what the request expects it to be; look again before changing it',
  })
  const race = await Promise.all([second, third].map((image) => conditional('PUT', on(first), image)))
  expect(race.map(({ status }) => status).toSorted()).toEqual([201, 412])
  expect((await conditional('DELETE', on(first))).status).toBe(412)
  const current = await ask('HEAD', '/v2/team/app/manifests/guarded')
  const seen = { 'if-match': current.headers.get('etag') ?? '' }
  expect((await conditional('DELETE', seen)).status).toBe(202)
  expect((await conditional('DELETE', { 'if-match': '*' })).status).toBe(412)
})

test('nothing is sent to a client that has the manifest', async () => {
  const image = await berth.pushRandomImage('team/app', 'known')
  const headers = { 'if-none-match': `"${image.digest}"` }
  const answer = await send(berth, 'GET', '/v2/team/app/manifests/known', { headers })
  expect([answer.status, await answer.text()]).toEqual([304, ''])
})

test('a missing manifest is missing, by tag and by digest', async () => {
  for (const reference of ['nothing', digestOf('nothing')]) {
    expect((await ask('HEAD', `/v2/team/app/manifests/${reference}`)).status).toBe(404)
    for (const method of ['GET', 'DELETE']) {
      const answer = await ask(method, `/v2/team/app/manifests/${reference}`)
      expect(await registryError(answer)).toEqual({
        status: 404,
        code: 'MANIFEST_UNKNOWN',
        message: 'Requested image not found',
      })
    }
  }
})

test.each(['GET', 'PUT', 'DELETE'])('%s in a missing repository says which is missing', async (method) => {
  const image = randomImage(random)
  const headers = { 'content-type': image.mediaType }
  const sent = method === 'PUT' ? { headers, body: image.manifest } : {}
  expect(await registryError(await send(berth, method, '/v2/no/such/manifests/v1', sent))).toEqual({
    status: 404,
    code: 'NAME_UNKNOWN',
    message: "The repository with name 'no/such' does not exist in the registry with id '000000000000'",
  })
})

test('the identical image pushed again is a success, under an immutable tag too', async () => {
  for (const repository of ['team/app', 'team/fixed']) {
    const image = await berth.pushRandomImage(repository, 'again')
    expect((await put(repository, 'again', image)).status).toBe(201)
    expect((await put(repository, image.digest, image)).status).toBe(201)
  }
})

test('an immutable tag is not moved', async () => {
  await berth.pushRandomImage('team/fixed', 'v1')
  const answer = await put('team/fixed', 'v1', await imageWithBlobs('team/fixed'))
  expect(await registryError(answer)).toEqual({
    status: 400,
    code: 'TAG_INVALID',
    message:
      "The image tag 'v1' already exists in the 'team/fixed' repository and cannot be overwritten because the repository is immutable.",
  })
})

test('of many pushes to one immutable tag, through either door, exactly one wins', async () => {
  const images = await Promise.all(Array.from({ length: 8 }, () => imageWithBlobs('team/fixed')))
  const outcomes = await Promise.all(
    images.map((image, index) => (index % 2 === 0 ? pushByV2(image, 'race') : pushByApi(image, 'race'))),
  )
  expect(outcomes.filter((outcome) => outcome === 'won')).toHaveLength(1)
  expect(outcomes.filter((outcome) => outcome === 'refused')).toHaveLength(7)
  const winner = images[outcomes.indexOf('won')]
  const tagged = await ask('GET', '/v2/team/fixed/manifests/race')
  expect(await tagged.text()).toBe(winner?.manifest)
})

test.each(['sha256', 'sha512'] as const)('a push by %s digest takes its tags along', async (algorithm) => {
  const image = await imageWithBlobs('team/app')
  const digest = digestOf(image.manifest, algorithm)
  const tags = Array.from({ length: 12 }, (_, index) => `${algorithm}-${index}`)
  const answer = await put('team/app', `${digest}?${tagParameters(tags)}`, image)
  expect([answer.status, answer.headers.get('oci-tag')]).toEqual([201, tags.join(', ')])
  for (const tag of tags) {
    const tagged = await ask('GET', `/v2/team/app/manifests/${tag}`)
    expect([await tagged.text(), tagged.headers.get('docker-content-digest')]).toEqual([
      image.manifest,
      digest,
    ])
  }
})

test('a push without tag parameters is not answered with tags', async () => {
  const image = await imageWithBlobs('team/app')
  expect((await put('team/app', image.digest, image)).headers.get('oci-tag')).toBeNull()
  expect((await put('team/app', 'plain', image)).headers.get('oci-tag')).toBeNull()
})

test('one immutable tag among the parameters refuses the push, and none is given', async () => {
  await berth.pushRandomImage('team/fixed', 'taken')
  const image = await imageWithBlobs('team/fixed')
  const answer = await put('team/fixed', `${image.digest}?tag=free&tag=taken`, image)
  expect(await registryError(answer)).toMatchObject({ status: 400, code: 'TAG_INVALID' })
  for (const reference of ['free', image.digest]) {
    expect((await ask('HEAD', `/v2/team/fixed/manifests/${reference}`)).status).toBe(404)
  }
})

test('a manifest under another digest than its own is refused', async () => {
  const image = await imageWithBlobs('team/app')
  const digest = digestOf('something else')
  expect(await registryError(await put('team/app', digest, image))).toEqual({
    status: 400,
    code: 'MANIFEST_INVALID',
    message: `The image with digest '${digest}' in repository 'team/app' and registry ID '000000000000' does not match the image digest that Amazon ECR has calculated.`,
  })
})

test('a manifest whose layers are missing is refused and not listed', async () => {
  const image = randomImage(random)
  const error = await registryError(await put('team/app', 'no-layers', image))
  expect(error).toMatchObject({ status: 404, code: 'MANIFEST_BLOB_UNKNOWN' })
  expect(error.message).toMatch(
    /^Layers with digests '\[sha256:.+\]' required for pushing image into repository/,
  )
  expect((await ask('HEAD', '/v2/team/app/manifests/no-layers')).status).toBe(404)
})

test("another repository's layers don't count", async () => {
  const image = await imageWithBlobs('team/fixed')
  expect(await registryError(await put('team/app', 'foreign-layers', image))).toMatchObject({
    status: 404,
    code: 'MANIFEST_BLOB_UNKNOWN',
  })
})

test('an index whose manifests are missing is refused', async () => {
  const index = JSON.stringify({
    schemaVersion: 2,
    mediaType: ociIndex,
    manifests: [{ mediaType: ociManifest, digest: digestOf('missing'), size: 7 }],
  })
  expect(await registryError(await putText('no-children', ociIndex, index))).toMatchObject({
    status: 404,
    code: 'MANIFEST_BLOB_UNKNOWN',
  })
})

test('the child of an index stays as long as the index does', async () => {
  const child = await berth.pushRandomImage('team/app', 'child')
  const { digest, mediaType } = child
  const manifests = [{ mediaType, digest, size: child.manifest.length }]
  const index = JSON.stringify({ schemaVersion: 2, mediaType: ociIndex, manifests })
  expect((await putText('parent', ociIndex, index)).status).toBe(201)
  expect(await registryError(await ask('DELETE', `/v2/team/app/manifests/${digest}`))).toEqual({
    status: 405,
    code: 'UNSUPPORTED',
    message: `Requested image referenced by manifest list: [${digestOf(index)}]`,
  })
  expect((await ask('DELETE', `/v2/team/app/manifests/${digestOf(index)}`)).status).toBe(202)
  expect((await ask('DELETE', `/v2/team/app/manifests/${digest}`)).status).toBe(202)
})

test('a subject is echoed, whether or not it is there', async () => {
  const image = await imageWithBlobs('team/app')
  const subject = { mediaType: ociManifest, digest: digestOf('to come'), size: 7 }
  const referrer = JSON.stringify({ ...JSON.parse(image.manifest), subject })
  const answer = await putText(digestOf(referrer), ociManifest, referrer)
  expect([answer.status, answer.headers.get('oci-subject')]).toEqual([201, subject.digest])
})

test.each([
  ['no JSON', '{"schemaVersion":2', ociManifest],
  ['not an object', '[]', ociManifest],
  ['layers and manifests at once', '{"schemaVersion":2,"layers":[],"manifests":[]}', ociManifest],
  ['deep nesting', `${'{"a":'.repeat(100_000)}1${'}'.repeat(100_000)}`, ociManifest],
  [
    'another media type than it says',
    `{"schemaVersion":2,"mediaType":"${ociIndex}","manifests":[]}`,
    ociManifest,
  ],
  ['nothing', '', ociManifest],
])('a manifest that is %s is refused as on ECR', async (_what, content, mediaType) => {
  const error = await registryError(await putText('broken', mediaType, content))
  expect(error).toMatchObject({ status: 405, code: 'UNSUPPORTED' })
  expect(error.message).toMatch(/^Invalid parameter at 'ImageManifest' failed to satisfy constraint: '/)
  expect((await ask('HEAD', '/v2/team/app/manifests/broken')).status).toBe(404)
})

test.each(['text/html', 'application/json', 'application/vnd.docker.distribution.manifest.v1+prettyjws'])(
  'a manifest of type %s is refused',
  async (mediaType) => {
    const error = await registryError(await putText('broken', mediaType, '{"schemaVersion":2}'))
    expect(error).toEqual({
      status: 400,
      code: 'UNSUPPORTED',
      message: `Unsupported manifest type: "${mediaType}"`,
    })
  },
)

test('a manifest of five MiB is refused, announced or not', async () => {
  const body = `{"schemaVersion":2,"annotations":{"x":"${'x'.repeat(5 * 1024 * 1024)}"}}`
  const ask = (length: Readonly<Record<string, string>>) =>
    sendRaw(berth.port, {
      method: 'PUT',
      path: '/v2/team/app/manifests/large',
      headers: { authorization: berth.authorization, 'content-type': ociManifest, ...length },
      body,
    })
  for (const length of [{ 'content-length': String(body.length) }, { 'transfer-encoding': 'chunked' }]) {
    const { status, body } = await ask(length)
    expect(readRegistryError(status, body)).toEqual({
      status: 413,
      code: 'MANIFEST_INVALID',
      message:
        "Invalid parameter at 'imageManifest' failed to satisfy constraint: 'Member must have length less than or equal to 4194304'",
    })
  }
})

test.each(['.hidden', 'a'.repeat(129), '-x'])('no manifest is pushed under the tag %s', async (tag) => {
  const answer = await put('team/app', tag, await imageWithBlobs('team/app'))
  expect(await registryError(answer)).toEqual({
    status: 405,
    code: 'UNSUPPORTED',
    message:
      "Invalid parameter at 'imageTag' failed to satisfy constraint: 'must satisfy regular expression '[a-zA-Z0-9-_.]+''",
  })
})

test('deleting a tag keeps the image, deleting a digest deletes it with every tag', async () => {
  const image = await berth.pushRandomImage('team/app', 'one')
  await put('team/app', 'two', image)
  expect((await ask('DELETE', '/v2/team/app/manifests/one')).status).toBe(202)
  expect((await ask('HEAD', '/v2/team/app/manifests/one')).status).toBe(404)
  expect((await ask('DELETE', '/v2/team/app/manifests/two')).status).toBe(202)
  expect((await ask('HEAD', `/v2/team/app/manifests/${image.digest}`)).status).toBe(200)
  await put('team/app', 'three', image)
  expect((await ask('DELETE', `/v2/team/app/manifests/${image.digest}`)).status).toBe(202)
  expect((await ask('HEAD', '/v2/team/app/manifests/three')).status).toBe(404)
  expect((await ask('HEAD', `/v2/team/app/manifests/${image.digest}`)).status).toBe(404)
})

test('what one door takes, the other shows', async () => {
  const image = await berth.pushRandomImage('team/app', 'both-doors')
  const imageIds = [{ imageTag: 'both-doors' }]
  const { images } = await berth.ecr.send(new BatchGetImageCommand({ repositoryName: 'team/app', imageIds }))
  expect(images?.[0]).toMatchObject({ imageManifest: image.manifest, imageId: { imageDigest: image.digest } })
  const retag = { repositoryName: 'team/app', imageManifest: image.manifest, imageTag: 'retagged' }
  await berth.ecr.send(new PutImageCommand(retag))
  expect(await (await ask('GET', '/v2/team/app/manifests/retagged')).text()).toBe(image.manifest)
  const { imageDetails } = await berth.ecr.send(
    new DescribeImagesCommand({ repositoryName: 'team/app', imageIds }),
  )
  expect(imageDetails?.[0]?.imageTags).toEqual(['both-doors', 'retagged'])
})

function ask(method: string, target: string): Promise<Response> {
  return send(berth, method, target)
}

function put(repository: string, reference: string, { manifest, mediaType }: TestImage): Promise<Response> {
  const sent = { headers: { 'content-type': mediaType }, body: manifest }
  return send(berth, 'PUT', `/v2/${repository}/manifests/${reference}`, sent)
}

function putText(reference: string, mediaType: string, body: string): Promise<Response> {
  return send(berth, 'PUT', `/v2/team/app/manifests/${reference}`, {
    headers: { 'content-type': mediaType },
    body,
  })
}

function tagParameters(tags: readonly string[]): string {
  return tags.map((tag) => `tag=${tag}`).join('&')
}

/** An image whose blobs are there and whose manifest isn't. */
async function imageWithBlobs(repository: string): Promise<TestImage> {
  const image = randomImage(random)
  for (const blob of blobsOf(image)) await pushBlob(berth, repository, blob)
  return image
}

async function pushByV2(image: TestImage, tag: string): Promise<string> {
  const answer = await put('team/fixed', tag, image)
  if (answer.status === 201) return 'won'
  return (await registryError(answer)).code === 'TAG_INVALID' ? 'refused' : 'failed'
}

async function pushByApi(image: TestImage, imageTag: string): Promise<string> {
  const input: PutImageCommandInput = {
    repositoryName: 'team/fixed',
    imageManifest: image.manifest,
    imageTag,
  }
  try {
    await berth.ecr.send(new PutImageCommand(input))
    return 'won'
  } catch (error) {
    return error instanceof Error && error.name === 'ImageTagAlreadyExistsException' ? 'refused' : 'failed'
  }
}
