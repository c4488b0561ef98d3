import { expect, test } from 'vitest'
import { pullImage } from './pull-image.ts'
import { engineThat } from './testing/engine-that.ts'

const [mirrored, wanted] = ['1', '2'].map((digit) => `sha256:${digit.repeat(64)}`)
const known = { RepoDigests: [`mirror.example.com/app@${mirrored}`, `registry.example.com/app@${wanted}`] }
const image = { name: 'registry.example.com/app:v1' }

test('what was pulled has the digest that its registry has told', async () => {
  const lines = [{ status: 'Pulling from app', id: 'v1' }, { status: `Digest: ${wanted}` }]
  expect(await pullFrom(lines, { RepoDigests: [`registry.example.com/app@${mirrored}`] })).toBe(wanted)
})

test('an engine that tells no digest knows it by the repository, which others may have the image from, too', async () => {
  expect(await pullFrom([{ status: 'Download complete' }], known)).toBe(wanted)
})

/** Pulls by an engine that tells this of the pull and of the image. */
async function pullFrom(lines: readonly object[], details: object): Promise<string | undefined> {
  await using engine = await engineThat((response, request) => {
    const isPull = request.url?.startsWith('/images/create?fromImage=registry.example.com%2Fapp%3Av1')
    const told = isPull ? lines : [details]
    response.setHeader('content-type', 'application/json')
    response.end(told.map((line) => `${JSON.stringify(line)}\r\n`).join(''))
  })
  const { signal } = new AbortController()
  return await pullImage(engine.docker, image, { platform: undefined, signal })
}
