import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { Machine } from './machine.ts'
import { type Step, stepsToApply, stepsToRemove } from './steps.ts'
import type { TrustPlan } from './trust-plan.ts'

const cert = '-----BEGIN CERTIFICATE-----\nMII\n-----END CERTIFICATE-----\n'
const plan: TrustPlan = {
  address: '127.0.0.1',
  names: ['180789647333.dkr.ecr.us-east-1.amazonaws.com', 'api.ecr.us-east-1.amazonaws.com'],
  registryHosts: ['180789647333.dkr.ecr.us-east-1.amazonaws.com'],
  cert,
}
const [dockerFile, storeFile] = [
  '/etc/docker/certs.d/180789647333.dkr.ecr.us-east-1.amazonaws.com/berth-local-ca.crt',
  '/usr/local/share/ca-certificates/berth-local-ca.crt',
]
let root: string
let machine: Machine
let ran: string[]
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'berth-machine-'))
  machine = new Machine(root)
  ran = []
  await put('/etc/hosts', '127.0.0.1 localhost\n')
  await put('/usr/local/share/ca-certificates/company.crt', 'theirs')
  await put('/etc/ssl/certs/ca-certificates.crt', '')
  await put('/etc/debian_version', '12.11')
})
afterEach(() => rm(root, { recursive: true }))

async function put(path: string, text: string): Promise<void> {
  await mkdir(dirname(join(root, path)), { recursive: true })
  await writeFile(join(root, path), text)
}

/** A store that takes over what its folder holds, as update-ca-certificates does. */
async function run([program]: readonly string[]): Promise<void> {
  ran.push(program ?? '')
  await put('/etc/ssl/certs/ca-certificates.crt', (await machine.read(storeFile)) ?? '')
}

async function take(steps: readonly Step[]): Promise<void> {
  for (const step of steps) if (!step.isDone) await step.run()
}

async function apply(changed: Partial<TrustPlan> = {}): Promise<void> {
  await take(await stepsToApply({ ...plan, ...changed }, machine, run))
}

async function remove(): Promise<void> {
  await take(await stepsToRemove(machine, run))
}

/** Every path below the root, with what a file holds. */
async function tree(): Promise<Readonly<Record<string, string>>> {
  const paths = await readdir(root, { recursive: true })
  const entries = paths.toSorted().map(async (path) => {
    const isFolder = (await stat(join(root, path))).isDirectory()
    return [path, isFolder ? 'folder' : await readFile(join(root, path), 'utf8')]
  })
  return Object.fromEntries(await Promise.all(entries))
}

test('a machine knows the names, docker and the store the CA', async () => {
  await apply()
  expect(await machine.read('/etc/hosts')).toContain('\n127.0.0.1 api.ecr.us-east-1.amazonaws.com\n')
  expect([await machine.read(dockerFile), await machine.read(storeFile)]).toEqual([cert, cert])
  expect(ran).toEqual(['update-ca-certificates'])
})

test('what was done is not done again', async () => {
  await apply()
  const steps = await stepsToApply(plan, machine, run)
  expect(steps.every(({ isDone }) => isDone)).toBe(true)
})

test.each([
  ['with nothing of docker', {}],
  ['with folders of docker', { '/etc/docker/certs.d/registry.example/ca.crt': 'theirs' }],
  ['with another CA for the same host', { [`${dirname(dockerFile)}/ca.crt`]: 'theirs' }],
  ['whose hosts file has no line end', { '/etc/hosts': '127.0.0.1 localhost' }],
  ['whose hosts file is empty', { '/etc/hosts': '' }],
])('a machine %s is afterwards as it was before', async (_what, files) => {
  for (const [path, text] of Object.entries(files)) await put(path, text)
  const before = await tree()
  await apply()
  await apply({ names: [...plan.names, 'more.example'], registryHosts: ['more.example:8443'] })
  expect(await tree()).not.toEqual(before)
  await remove()
  expect(await tree()).toEqual(before)
  expect(await stepsToRemove(machine, run)).toEqual([])
})

test('a folder of docker that was empty stays', async () => {
  await mkdir(join(root, '/etc/docker/certs.d'), { recursive: true })
  const before = await tree()
  await apply()
  await remove()
  expect(await tree()).toEqual(before)
})

test('what others have put beside it since stays, with the folders around it', async () => {
  await apply()
  await put(`${dirname(dockerFile)}/client.key`, 'theirs')
  await remove()
  expect(await machine.read(`${dirname(dockerFile)}/client.key`)).toBe('theirs')
  expect(await machine.exists(dockerFile)).toBe(false)
})

test('hosts that are no longer wanted lose the CA', async () => {
  await apply()
  await apply({ registryHosts: ['other.example'] })
  expect(await machine.exists(dockerFile)).toBe(false)
  expect(await machine.exists('/etc/docker/certs.d/other.example/berth-local-ca.crt')).toBe(true)
})

test.each([0, 1, 2, 3])('after a power cut behind step %i everything can be taken back', async (last) => {
  const before = await tree()
  await take((await stepsToApply(plan, machine, run)).slice(0, last + 1))
  await remove()
  expect(await tree()).toEqual(before)
})

test.each([0, 1, 2, 3, 4])('taking back can be cut off behind step %i and begun again', async (last) => {
  const before = await tree()
  await apply()
  await take((await stepsToRemove(machine, run)).slice(0, last + 1))
  await remove()
  expect(await tree()).toEqual(before)
})

test('to look changes nothing', async () => {
  const before = await tree()
  await stepsToApply(plan, machine, run)
  await stepsToRemove(machine, run)
  expect(await tree()).toEqual(before)
  expect(ran).toEqual([])
})

test('a system without a known store is given the names and docker the CA', async () => {
  await rm(join(root, '/usr'), { recursive: true })
  await apply()
  expect(await machine.read(dockerFile)).toBe(cert)
  expect(ran).toEqual([])
})
