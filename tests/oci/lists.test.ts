import { CreateRepositoryCommand } from '@aws-sdk/client-ecr'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { z } from 'zod'
import { pushBlob, pushImage } from '../support/push-image.ts'
import { send, sendExpecting } from '../support/registry-client.ts'
import { registryError } from '../support/registry-errors.ts'
import { SeededRandom } from '../support/seeded-random.ts'
import { type LocalBerth, startBerth } from '../support/start-berth.ts'
import { blobsOf, digestOf, randomImage } from '../support/test-image.ts'

const ociManifest = 'application/vnd.oci.image.manifest.v1+json'
const tags = ['1.0', '1.10', '1.9', 'Latest', '_under', 'a-b', 'a.b', 'latest', 'zz']
const random = new SeededRandom('lists')

let berth: LocalBerth

beforeAll(async () => {
  berth = await startBerth()
  for (const name of ['b/two', 'a/one', 'b/one', 'tags/list', 'empty/app']) await berth.createRepository(name)
  const image = await berth.pushRandomImage('a/one', 'latest')
  for (const tag of tags) await putManifest('a/one', tag, image.manifest)
})

afterAll(async () => {
  expect(berth.failures).toEqual([])
  await berth[Symbol.asyncDispose]()
})

test('tags are listed in byte order', async () => {
  const answer = await send(berth, 'GET', '/v2/a/one/tags/list')
  expect(answer.headers.get('link')).toBeNull()
  expect(answer.headers.get('content-type')).toBe('application/json')
  expect(await answer.json()).toEqual({ name: 'a/one', tags: [...tags].sort() })
})

test.each([1, 2, 4, 9, 1000])('pages of %i tags, followed by their links, show every tag once', async (n) => {
  const pages = await walk(`/v2/a/one/tags/list?n=${n}`, tagPage)
  expect(pages.flatMap((page) => page.tags)).toEqual([...tags].sort())
  expect(pages.map((page) => page.tags.length)).toEqual(pageLengths(tags.length, n))
})

test('a page begins after any tag, whether it is there or not', async () => {
  const page = tagPage.parse(await (await send(berth, 'GET', '/v2/a/one/tags/list?last=a-z')).json())
  expect(page.tags).toEqual(['a.b', 'latest', 'zz'])
  const beyond = await send(berth, 'GET', '/v2/a/one/tags/list?last=zzz')
  expect(tagPage.parse(await beyond.json()).tags).toEqual([])
})

test('no tags at all are an empty list, asked for or not', async () => {
  const none = await send(berth, 'GET', '/v2/a/one/tags/list?n=0')
  expect([none.headers.get('link'), await none.json()]).toEqual([null, { name: 'a/one', tags: [] }])
  const empty = await send(berth, 'GET', '/v2/empty/app/tags/list')
  expect(await empty.json()).toEqual({ name: 'empty/app', tags: [] })
})

test.each(['/v2/a/one/tags/list', '/v2/_catalog'])('%s has no pages over a thousand', async (path) => {
  const [asked, plain] = [await send(berth, 'GET', `${path}?n=100000`), await send(berth, 'GET', path)]
  expect([asked.status, await asked.json()]).toEqual([200, await plain.json()])
  expect((await send(berth, 'GET', `${path}?n=-1`)).status).toBe(405)
})

test.each(['/v2/a/one/tags/list', '/v2/_catalog'])(
  'HEAD of %s tells its type and length alone',
  async (path) => {
    const [looked, read] = [await send(berth, 'HEAD', path), await send(berth, 'GET', path)]
    expect([looked.status, await looked.text()]).toEqual([200, ''])
    for (const name of ['content-type', 'content-length', 'link']) {
      expect(looked.headers.get(name)).toBe(read.headers.get(name))
    }
  },
)

test('a missing repository has no tag list', async () => {
  expect(await registryError(await send(berth, 'GET', '/v2/no/such/tags/list'))).toMatchObject({
    status: 404,
    code: 'NAME_UNKNOWN',
  })
})

test('a repository may be called tags/list', async () => {
  const image = await berth.pushRandomImage('tags/list', 'list')
  const answer = await send(berth, 'GET', '/v2/tags/list/tags/list')
  expect(await answer.json()).toEqual({ name: 'tags/list', tags: ['list'] })
  const manifest = await send(berth, 'GET', '/v2/tags/list/manifests/list')
  expect(await manifest.text()).toBe(image.manifest)
})

test.each([1, 2, 5, 1000])('the catalogue in pages of %i shows every repository once', async (n) => {
  const pages = await walk(`/v2/_catalog?n=${n}`, catalogPage)
  expect(pages.flatMap((page) => page.repositories)).toEqual([
    'a/one',
    'b/one',
    'b/two',
    'empty/app',
    'tags/list',
  ])
})

test('the catalogue shows one account and region', async () => {
  const elsewhere = berth.clientOf({ region: 'eu-west-2' })
  await elsewhere.send(new CreateRepositoryCommand({ repositoryName: 'far/away' }))
  elsewhere.destroy()
  const [page] = await walk('/v2/_catalog', catalogPage)
  expect(page?.repositories).not.toContain('far/away')
})

test('what refers to an image is listed with its type and annotations', async () => {
  const subject = await berth.pushRandomImage('b/one', 'subject')
  const sbom = await pushReferrer(subject.digest, 'application/spdx+json', { 'org.example.tool': 'x' })
  const signature = await pushReferrer(subject.digest, 'application/vnd.example.signature', {})
  const answer = await send(berth, 'GET', `/v2/b/one/referrers/${subject.digest}`)
  expect(answer.headers.get('content-type')).toBe('application/vnd.oci.image.index.v1+json')
  expect(answer.headers.get('oci-filters-applied')).toBeNull()
  const index = referrersPage.parse(await answer.json())
  const expected = [
    { ...sbom, artifactType: 'application/spdx+json', annotations: { 'org.example.tool': 'x' } },
    { ...signature, artifactType: 'application/vnd.example.signature' },
  ]
  expect(index.manifests).toEqual(expected.sort((a, b) => (a.digest < b.digest ? -1 : 1)))
})

test('referrers can be asked for by type', async () => {
  const subject = await berth.pushRandomImage('b/one', 'filtered')
  await pushReferrer(subject.digest, 'application/spdx+json', {})
  const signature = await pushReferrer(subject.digest, 'application/vnd.example.signature', {})
  const type = encodeURIComponent('application/vnd.example.signature')
  const answer = await send(berth, 'GET', `/v2/b/one/referrers/${subject.digest}?artifactType=${type}`)
  expect(answer.headers.get('oci-filters-applied')).toBe('artifactType')
  const index = referrersPage.parse(await answer.json())
  expect(index.manifests.map(({ digest }) => digest)).toEqual([signature.digest])
})

test('many referrers come in pages', async () => {
  const subject = digestOf('pushed later')
  const pushed = new Set<string>()
  for (let count = 0; count < 103; count++) pushed.add((await pushReferrer(subject, 'text/x', {})).digest)
  const pages = await walk(`/v2/b/one/referrers/${subject}`, referrersPage)
  expect(pages.length).toBeGreaterThan(1)
  const listed = pages.flatMap((page) => page.manifests.map(({ digest }) => digest))
  expect(listed).toEqual([...pushed].sort())
})

test('pages of the referrers of one type keep to it by their links', async () => {
  const subject = digestOf('of many types')
  const wanted = new Set<string>()
  for (let count = 0; count < 101; count++) wanted.add((await pushReferrer(subject, 'text/x', {})).digest)
  for (let count = 0; count < 10; count++) await pushReferrer(subject, 'text/y', {})
  const pages = await walk(`/v2/b/one/referrers/${subject}?artifactType=text/x`, referrersPage)
  expect(pages.map(({ manifests }) => manifests.length)).toEqual([100, 1])
  const listed = pages.flatMap((page) => page.manifests.map(({ digest }) => digest))
  expect(listed).toEqual([...wanted].sort())
})

test('what refers to an image is listed before that comes, and after', async () => {
  const image = randomImage(random)
  const sbom = { ...(await pushReferrer(image.digest, 'text/sbom', {})), artifactType: 'text/sbom' }
  const list = async () => {
    const answer = await send(berth, 'GET', `/v2/b/one/referrers/${image.digest}`)
    return referrersPage.parse(await answer.json()).manifests
  }
  expect(await list()).toEqual([sbom])
  await pushImage(berth, 'b/one', 'late', image)
  expect(await list()).toEqual([sbom])
})

test('an image that nothing refers to has an empty list, and a malformed digest none', async () => {
  const answer = await send(berth, 'GET', `/v2/b/one/referrers/${digestOf('lonely')}`)
  expect(referrersPage.parse(await answer.json()).manifests).toEqual([])
  expect(await registryError(await send(berth, 'GET', '/v2/b/one/referrers/latest'))).toMatchObject({
    status: 400,
    code: 'DIGEST_INVALID',
  })
})

const tagPage = z.object({ name: z.string(), tags: z.array(z.string()) })
const catalogPage = z.object({ repositories: z.array(z.string()) })
const referrersPage = z.object({
  schemaVersion: z.literal(2),
  mediaType: z.literal('application/vnd.oci.image.index.v1+json'),
  manifests: z.array(z.looseObject({ digest: z.string() })),
})

/** Every page from here on, by the `Link` headers. */
async function walk<Page>(path: string, schema: z.ZodType<Page>): Promise<Page[]> {
  const pages: Page[] = []
  let next: string | undefined = path
  while (next !== undefined) {
    const answer: Response = await sendExpecting(200, berth, 'GET', next)
    pages.push(schema.parse(await answer.json()))
    next = /^<(.+)>; rel="next"$/.exec(answer.headers.get('link') ?? '')?.[1]
  }
  return pages
}

function pageLengths(total: number, n: number): number[] {
  const full = Array.from({ length: Math.floor(total / n) }, () => n)
  return total % n === 0 ? full : [...full, total % n]
}

async function pushReferrer(
  subject: string,
  artifactType: string,
  annotations: Readonly<Record<string, string>>,
) {
  const image = randomImage(random, [])
  for (const blob of blobsOf(image)) await pushBlob(berth, 'b/one', blob)
  const about = { mediaType: ociManifest, digest: subject, size: 7 }
  const manifest = JSON.stringify({
    ...JSON.parse(image.manifest),
    artifactType,
    subject: about,
    annotations,
  })
  await putManifest('b/one', digestOf(manifest), manifest)
  return { mediaType: ociManifest, digest: digestOf(manifest), size: manifest.length }
}

async function putManifest(repository: string, reference: string, body: string): Promise<void> {
  const headers = { 'content-type': ociManifest }
  await sendExpecting(201, berth, 'PUT', `/v2/${repository}/manifests/${reference}`, { headers, body })
}
