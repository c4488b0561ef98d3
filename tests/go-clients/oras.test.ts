import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { ListImageReferrersCommand } from '@aws-sdk/client-ecr'
import { afterAll, beforeAll, expect } from 'vitest'
import { type GoClientsDesk, openGoClientsDesk } from '../support/go-clients-desk.ts'
import { testWith } from '../support/installed-programs.ts'

const test = testWith('oras')
const plain = '--plain-http'
const sbomType = 'application/spdx+json'
let desk: GoClientsDesk

beforeAll(async () => {
  desk = await openGoClientsDesk()
})
afterAll(() => desk?.[Symbol.asyncDispose]())

test('oras logs in with an ECR token', async () => {
  expect(await desk.logIn('oras')).toContain('Login Succeeded')
})

test('oras pushes an artifact of files and pulls it', async () => {
  const there = await pushed('artifact')
  await desk.oras.output(['pull', plain, there, '--output', join(desk.folder, 'pulled')])
  expect(await desk.oras.output(['repo', 'tags', plain, `${desk.host}/team/app`])).toContain('artifact')
})

test('oras attaches an SBOM and a signature of it, and both doors show them', async () => {
  const subject = await pushed('subject')
  await attach(subject, sbomType, 'sbom.json')
  const { referrers: [sbom] = [] } = await discover(subject)
  expect(sbom).toMatchObject({ artifactType: sbomType })
  await attach(`${desk.host}/team/app@${sbom?.digest}`, 'application/vnd.example.signature', 'signature')
  expect((await discover(subject)).referrers?.[0]?.referrers).toMatchObject([
    { artifactType: 'application/vnd.example.signature' },
  ])
  const imageDigest = await desk.oras.output(['resolve', plain, subject])
  const { referrers } = await desk.ecr.send(
    new ListImageReferrersCommand({ repositoryName: 'team/app', subjectId: { imageDigest } }),
  )
  expect(referrers).toMatchObject([
    { digest: sbom?.digest, artifactType: sbomType, artifactStatus: 'ACTIVE' },
  ])
})

test('what oras attaches by the tag of old registries is found there and by the referrers API', async () => {
  const subject = await pushed('old')
  const byTag = ['--distribution-spec', 'v1.1-referrers-tag']
  await attach(subject, sbomType, 'sbom.json', byTag)
  await attach(subject, 'application/vnd.example.signature', 'signature', byTag)
  const digest = await desk.oras.output(['resolve', plain, subject])
  const tags = await desk.oras.output(['repo', 'tags', plain, `${desk.host}/team/app`])
  expect(tags.split('\n')).toContain(digest.replace(':', '-'))
  for (const way of ['v1.1-referrers-tag', 'v1.1-referrers-api']) {
    const { referrers = [] } = await discover(subject, ['--distribution-spec', way])
    const types = referrers.map(({ artifactType }) => artifactType)
    expect(types.toSorted()).toEqual([sbomType, 'application/vnd.example.signature'])
  }
})

test('oras copies an image together with what is attached to it', async () => {
  const subject = await pushed('copied')
  await attach(subject, sbomType, 'sbom.json')
  const copy = `${desk.host}/team/copy:copied`
  await desk.oras.output(['copy', '--recursive', '--from-plain-http', '--to-plain-http', subject, copy])
  expect((await discover(copy)).referrers).toMatchObject([{ artifactType: sbomType }])
})

test('oras deletes a manifest', async () => {
  const there = await pushed('deleted')
  const digest = await desk.oras.output(['resolve', plain, there])
  await desk.oras.output(['manifest', 'delete', plain, '--force', `${desk.host}/team/app@${digest}`])
  expect((await desk.oras.run(['resolve', plain, there])).exitCode).not.toBe(0)
})

/** A new artifact of one file, in team/app. */
async function pushed(tag: string): Promise<string> {
  await desk.logIn('oras')
  const reference = `${desk.host}/team/app:${tag}`
  await writeFile(join(desk.folder, 'work', `${tag}.txt`), tag)
  await desk.oras.output(['push', plain, reference, `${tag}.txt`], { cwd: join(desk.folder, 'work') })
  return reference
}

async function attach(
  subject: string,
  artifactType: string,
  file: string,
  flags: readonly string[] = [],
): Promise<void> {
  const cwd = join(desk.folder, 'work')
  await writeFile(join(cwd, file), subject)
  await desk.oras.output(['attach', plain, ...flags, '--artifact-type', artifactType, subject, file], { cwd })
}

interface Discovered {
  readonly digest: string
  readonly artifactType?: string
  readonly referrers?: readonly Discovered[]
}

async function discover(subject: string, flags: readonly string[] = []): Promise<Discovered> {
  return JSON.parse(await desk.oras.output(['discover', plain, ...flags, '--format', 'json', subject]))
}
