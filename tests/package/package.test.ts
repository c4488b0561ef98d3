import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { CreateRepositoryCommand, StartImageScanCommand } from '@aws-sdk/client-ecr'
import { afterAll, beforeAll, describe, expect } from 'vitest'
import { z } from 'zod'
import packageJson from '../../package.json' with { type: 'json' }
import { startBerthProcess } from '../support/berth-process.ts'
import { outputOf, runProgram } from '../support/client.ts'
import { ecrClientOf, logIn } from '../support/ecr-client.ts'
import { testUnless } from '../support/installed-programs.ts'
import { pushImage } from '../support/push-image.ts'
import { tarOf } from '../support/tar.ts'
import { type TemporaryFolder, temporaryFolder } from '../support/temporary-folder.ts'
import { blob, digestOf, imageOf } from '../support/test-image.ts'

const root = join(import.meta.dirname, '../..')
/** What npm is used with here, without what an npm that runs the tests tells its own children. */
const env = Object.fromEntries(
  Object.entries(process.env).flatMap(([name, value]) =>
    value === undefined || name.startsWith('npm_') ? [] : [[name, value]],
  ),
)
const registry = await runProgram('npm', ['ping', '--fetch-retries=0'], { cwd: root, env })
const test = testUnless(registry.exitCode !== 0 && 'the npm registry does not answer')

const packed = z.tuple([
  z.object({ filename: z.string(), files: z.array(z.object({ path: z.string(), mode: z.number() })) }),
])

/** Its gRPC needs protobufjs, which asks for them. */
const typesBelowDockerode = '@types/node'

describe('the package that npm pack makes', () => {
  let folder: TemporaryFolder
  let files: ReadonlyMap<string, number>
  let berth: string

  beforeAll(async () => {
    if (registry.exitCode !== 0) return
    folder = await temporaryFolder()
    const options = { cwd: root, env, limitMs: 110_000 }
    const said = await outputOf('npm', ['pack', '--json', '--pack-destination', folder.path], options)
    const [tarball] = packed.parse(JSON.parse(said.slice(said.search(/^\[/m))))
    files = new Map(tarball.files.map(({ path, mode }) => [path, mode]))
    await writeFile(join(folder.path, 'package.json'), '{ "private": true }')
    await outputOf('npm', ['install', '--prefer-offline', `./${tarball.filename}`], {
      ...options,
      cwd: folder.path,
    })
    berth = join(folder.path, 'node_modules/.bin/berth')
  })
  afterAll(() => folder?.[Symbol.asyncDispose]())

  test('holds what runs and what explains it, and no sources or tests', () => {
    for (const path of ['dist/cli/berth.mjs', 'docs/configuration.md', 'README.md', 'LICENSE', 'NOTICE']) {
      expect(files.keys()).toContain(path)
    }
    expect([...files.keys()].filter((path) => /\.ts$|\.test\.|\/testing\//.test(path))).toEqual([])
  })

  test('has a command that may be executed', () => {
    expect(files.get('bin/berth.js')).toBe(0o755)
  })

  test('brings along what it needs to run, and nothing that only builds or tests it', async () => {
    const installed = await packagesIn(join(folder.path, 'node_modules'))
    expect(installed).toEqual(expect.arrayContaining(Object.keys(packageJson.dependencies)))
    expect(
      installed.filter((name) => name in packageJson.devDependencies && name !== typesBelowDockerode),
    ).toEqual([])
  })

  test('says its version', async () => {
    const { version } = packageJson
    expect(await outputOf(berth, ['--version'])).toBe(version)
    expect(await outputOf('npx', ['berth', '--version'], { cwd: folder.path, env })).toBe(version)
  })

  test('serves, and stops when told', async () => {
    const serving = spawn(berth, ['--port', '0', '--data-dir', join(folder.path, 'data')])
    const ended = once(serving, 'exit')
    const [words] = await once(serving.stdout.setEncoding('utf8'), 'data')
    const [url = ''] = /http:\S+/.exec(words) ?? []
    expect((await fetch(`${url}/healthz`)).status).toBe(200)
    const exported = await outputOf(berth, ['env', '--data-dir', join(folder.path, 'data')])
    expect(exported).toContain(`export AWS_ENDPOINT_URL=${url};`)
    serving.kill('SIGTERM')
    expect(await ended).toEqual([0, null])
  })

  test('keeps images, and reads in a process apart what is in them', async () => {
    await using serving = await startBerthProcess({ program: berth })
    const ecr = await ecrClientOf(serving)
    const repositoryName = 'app'
    await ecr.send(new CreateRepositoryCommand({ repositoryName }))
    const layer = tarOf([
      { path: 'etc/os-release', content: 'ID=debian\nVERSION_ID="12"\n' },
      { path: 'var/lib/dpkg/status', content: 'Package: bash\nStatus: install ok installed\nVersion: 5.2\n' },
    ])
    const rootfs = { type: 'layers', diff_ids: [digestOf(layer)] }
    const image = imageOf({ os: 'linux', architecture: 'amd64', rootfs }, [blob(gzipSync(layer))])
    await pushImage(await logIn(serving, ecr), repositoryName, 'v1', image)
    await ecr.send(new StartImageScanCommand({ repositoryName, imageId: { imageTag: 'v1' } }))
    const materials = () => runProgram(berth, ['sbom', 'app:v1', '--data-dir', serving.dataDir])
    const stdout = expect.stringContaining('pkg:deb/debian/bash@5.2')
    await expect.poll(materials, { timeout: 30_000 }).toMatchObject({ stdout })
  })
})

/** The names of what is installed, those with a scope in full. */
async function packagesIn(folder: string): Promise<string[]> {
  const names = await readdir(folder)
  const scoped = names.filter((name) => name.startsWith('@'))
  const inScopes = scoped.map(async (scope) =>
    (await readdir(join(folder, scope))).map((name) => `${scope}/${name}`),
  )
  return [...names, ...(await Promise.all(inScopes)).flat()]
}
