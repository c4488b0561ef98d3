import { chmod, mkdir, readFile, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { CreateRepositoryCommand, type ECRClient } from '@aws-sdk/client-ecr'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { exportedBy } from '../support/berth-env.ts'
import { BERTH, type BerthProcess, startBerthProcess } from '../support/berth-process.ts'
import { createClient, outputOf, type RunOptions, runProgram } from '../support/client.ts'
import { buildImageOf } from '../support/docker-images.ts'
import { startDockerd } from '../support/dockerd.ts'
import { ecrClientOf, logIn } from '../support/ecr-client.ts'
import { testAsRootWith, testWith } from '../support/installed-programs.ts'
import { pushImage } from '../support/push-image.ts'
import { SeededRandom } from '../support/seeded-random.ts'
import { type TemporaryFolder, temporaryFolder } from '../support/temporary-folder.ts'
import { randomImage } from '../support/test-image.ts'

let berth: BerthProcess
let ecr: ECRClient
let home: TemporaryFolder
/** A user's environment: a folder of their own, and the helper on the PATH. */
let env: Readonly<Record<string, string>>

beforeAll(async () => {
  berth = await startBerthProcess()
  home = await temporaryFolder()
  env = { HOME: home.path, PATH: `${await helperFolder(home.path)}:${process.env.PATH}` }
  ecr = await ecrClientOf(berth)
  for (const repositoryName of ['team-a/app', 'team-b/app']) {
    await ecr.send(new CreateRepositoryCommand({ repositoryName }))
    const image = randomImage(new SeededRandom(repositoryName))
    await pushImage(await logIn(berth, ecr), repositoryName, 'v1', image)
  }
})
afterAll(async () => {
  await berth?.[Symbol.asyncDispose]()
  await home?.[Symbol.asyncDispose]()
})

/** Where npm would have put the package's commands, for the Node that runs the tests. */
async function helperFolder(folder: string): Promise<string> {
  const bin = join(folder, 'bin')
  await mkdir(bin)
  await symlink(process.execPath, join(bin, 'node'))
  const script = join(import.meta.dirname, '../../bin/docker-credential-berth.js')
  await writeFile(join(bin, 'docker-credential-berth'), `#!/bin/sh\nexec node ${script} "$@"\n`)
  await chmod(join(bin, 'docker-credential-berth'), 0o755)
  return bin
}

function berthCommand(args: readonly string[], options: RunOptions = {}): Promise<string> {
  return outputOf(process.execPath, [BERTH, ...args], { ...options, env: { ...env, ...options.env } })
}

function createRobot(name: string, ...flags: readonly string[]): Promise<string> {
  const folder = ['--data-dir', berth.dataDir]
  return berthCommand(['robot', 'create', name, ...flags, '--print', 'password', ...folder])
}

describe('a robot', () => {
  testAsRootWith('dockerd', 'docker')('neither pulls nor pushes once its date has passed', async () => {
    await using dated = await startBerthProcess({ flags: ['--dev'] })
    await using dockerd = await startDockerd()
    const { docker } = dockerd
    const place = ['--data-dir', dated.dataDir]
    await (await ecrClientOf(dated)).send(new CreateRepositoryCommand({ repositoryName: 'team-a/app' }))
    const scope = ['--allow', 'push', '--repository', '*', '--expires', '1d']
    const input = await berthCommand(['robot', 'create', 'dated', ...scope, '--print', 'password', ...place])
    await docker.output(['login', '--username', 'robot', '--password-stdin', dated.host], { input })
    const reference = `${dated.host}/team-a/app:dated`
    await buildImageOf(docker, [reference], { 'a.txt': 'for a day' })
    await docker.output(['push', reference])
    await docker.output(['pull', reference])
    await berthCommand(['clock', 'advance', '25h', ...place])
    for (const verb of ['pull', 'push'])
      expect((await docker.run([verb, reference])).stderr).toContain('authorization token has expired')
  })

  testAsRootWith('dockerd', 'docker')(
    'is what docker logs in as, within its scope, until it is revoked',
    async () => {
      await using dockerd = await startDockerd()
      const { docker } = dockerd
      const password = await createRobot('ci', '--allow', 'push', '--repository', 'team-a/*')
      const [mine, theirs] = [`${berth.host}/team-a/app`, `${berth.host}/team-b/app`]
      const login = (user: string) =>
        docker.run(['login', '--username', user, '--password-stdin', berth.host], { input: password })
      expect((await login('AWS')).exitCode).not.toBe(0)
      expect((await login('robot')).exitCode).toBe(0)
      await buildImageOf(docker, [`${mine}:robot`, `${theirs}:robot`], { 'a.txt': 'by a robot' })
      await docker.output(['push', `${mine}:robot`])
      await docker.output(['rmi', '--force', `${mine}:robot`])
      await docker.output(['pull', `${mine}:robot`])
      const refused = await docker.run(['push', `${theirs}:robot`])
      expect(refused.stderr).toContain('robot/ci is not authorized to perform')
      expect((await docker.run(['pull', `${theirs}:v1`])).stderr).toContain('no session policy allows')
      await berthCommand(['robot', 'revoke', 'ci', '--data-dir', berth.dataDir])
      expect((await docker.run(['pull', `${mine}:robot`])).stderr).toMatch(
        /denied|unauthorized|Not Authorized|basic auth/i,
      )
    },
  )

  test('is listed with what it may and when it was last used, and not with its password', async () => {
    const password = await createRobot(
      'lister',
      '--allow',
      'pull',
      '--repository',
      'team-a/*',
      '--expires',
      '90d',
    )
    const authorization = `Basic ${Buffer.from(`robot:${password}`).toString('base64')}`
    expect((await fetch(`${berth.url}/v2/team-a/app/tags/list`, { headers: { authorization } })).status).toBe(
      200,
    )
    const list = ['robot', 'list', '--data-dir', berth.dataDir]
    await expect
      .poll(() => berthCommand(list), { timeout: 30_000, interval: 200 })
      .toMatch(/^lister +pull +team-a\/\* +20\S+Z +20\S+Z +arn:aws:iam::000000000000:root$/m)
    expect(await berthCommand([...list, '--json'])).not.toContain(password)
    const again = runProgram(process.execPath, [
      BERTH,
      'robot',
      'create',
      'lister',
      '--allow',
      'pull',
      '--repository',
      '*',
      '--data-dir',
      berth.dataDir,
    ])
    expect((await again).stderr).toContain('There is a robot named lister')
  })

  test('gives a cluster its image pull secret, as Kubernetes wants it', async () => {
    const flags = [
      '--allow',
      'pull',
      '--repository',
      'team-a/*',
      '--secret-name',
      'berth',
      '--namespace',
      'web',
    ]
    const args = [
      'robot',
      'create',
      'cluster',
      ...flags,
      '--print',
      'kubernetes',
      '--data-dir',
      berth.dataDir,
    ]
    const { stdout, stderr } = await runProgram(process.execPath, [BERTH, ...args], { env })
    const yaml = stdout.trimEnd()
    expect(stderr).toContain(`No node of a cluster finds this Berth at ${berth.host}`)
    const [, data = ''] = /^ {2}\.dockerconfigjson: (\S+)$/m.exec(yaml) ?? []
    expect(yaml.replace(data, '...')).toBe(
      'apiVersion: v1\nkind: Secret\nmetadata:\n  name: "berth"\n  namespace: "web"\ntype: kubernetes.io/dockerconfigjson\ndata:\n  .dockerconfigjson: ...',
    )
    const { auths } = JSON.parse(Buffer.from(data, 'base64').toString())
    const { username, password, auth } = auths[berth.host]
    expect(Buffer.from(auth, 'base64').toString()).toBe(`${username}:${password}`)
    const headers = { authorization: `Basic ${auth}` }
    expect((await fetch(`${berth.url}/v2/team-a/app/manifests/v1`, { headers })).status).toBe(200)
  })
})

describe('berth login', () => {
  testAsRootWith('dockerd', 'docker')('has docker get its passwords by itself', async () => {
    await using dockerd = await startDockerd()
    const docker = createClient('docker', [], { ...env, ...dockerd.env })
    const file = join(dockerd.env.DOCKER_CONFIG, 'config.json')
    await writeFile(file, '{"detachKeys":"ctrl-e,e"}')
    const login = { env: { DOCKER_CONFIG: dockerd.env.DOCKER_CONFIG } }
    await berthCommand(['login', '--data-dir', berth.dataDir], login)
    expect(JSON.parse(await readFile(file, 'utf8'))).toEqual({
      detachKeys: 'ctrl-e,e',
      credHelpers: { [berth.host]: 'berth' },
    })
    const reference = `${berth.host}/team-a/app:helped`
    await buildImageOf(docker, [reference], { 'a.txt': 'without a password' })
    await docker.output(['push', reference])
    await docker.output(['login', berth.host])
    await docker.output(['rmi', reference])
    await docker.output(['pull', reference])
    await berthCommand(['logout', berth.host], login)
    expect((await docker.run(['push', reference])).exitCode).not.toBe(0)
  })

  testWith('skopeo')('has skopeo get them, by the password of a robot', async () => {
    const password = await createRobot('skopeo', '--allow', 'pull', '--repository', 'team-a/*')
    const authfile = join(home.path, 'auth.json')
    const input = `${password}\n`
    await berthCommand(['login', berth.host, '--robot', '--authfile', authfile], { input })
    const inspect = (name: string) => [
      'inspect',
      '--raw',
      '--tls-verify=false',
      '--authfile',
      authfile,
      `docker://${berth.host}/${name}:v1`,
    ]
    expect(await outputOf('skopeo', inspect('team-a/app'), { env })).toContain('schemaVersion')
    expect((await runProgram('skopeo', inspect('team-b/app'), { env })).exitCode).not.toBe(0)
    await berthCommand(['logout', berth.host, '--authfile', authfile])
    expect((await runProgram('skopeo', inspect('team-a/app'), { env })).exitCode).not.toBe(0)
  })
})

describe('docker-credential-berth', () => {
  const helper = (verb: string, input = '', more: Readonly<Record<string, string>> = {}) =>
    runProgram('docker-credential-berth', [verb], { env: { ...env, ...more }, input })

  test('keeps, gives, lists and forgets what docker hands it', async () => {
    const ServerURL = 'registry.example.com'
    const given = { ServerURL, Username: 'robot', Secret: 'berth_x' }
    expect(await helper('store', JSON.stringify(given))).toMatchObject({ exitCode: 0, stdout: '' })
    expect(JSON.parse((await helper('get', `https://${ServerURL}/v2/\n`)).stdout)).toMatchObject({
      Username: 'robot',
      Secret: 'berth_x',
    })
    expect(JSON.parse((await helper('list')).stdout)).toMatchObject({ [ServerURL]: 'robot' })
    await helper('erase', ServerURL)
    const gone = await helper('get', ServerURL)
    expect(gone).toMatchObject({ exitCode: 1, stdout: 'credentials not found in native keychain\n' })
  })

  test('uses the variables of berth env, for the registry of their Berth and no other', async () => {
    const variables = await exportedBy(berth)
    const found = JSON.parse((await helper('get', berth.host, variables)).stdout)
    expect(found).toMatchObject({ ServerURL: berth.host, Username: 'AWS' })
    const headers = { authorization: `Basic ${Buffer.from(`AWS:${found.Secret}`).toString('base64')}` }
    expect((await fetch(`${berth.url}/v2/`, { headers })).status).toBe(200)
    expect((await helper('get', 'index.docker.io', variables)).stdout).toContain('credentials not found')
  })

  test('uses a profile of the aws CLI', async () => {
    const { AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY } = await exportedBy(berth)
    await mkdir(join(home.path, '.aws'), { recursive: true })
    await writeFile(
      join(home.path, '.aws/credentials'),
      `[work]\naws_access_key_id = ${AWS_ACCESS_KEY_ID}\naws_secret_access_key=${AWS_SECRET_ACCESS_KEY}\n`,
    )
    await writeFile(
      join(home.path, '.aws/config'),
      `[profile work]\nregion = us-east-1\nendpoint_url = ${berth.url}\n`,
    )
    const docker = { DOCKER_CONFIG: join(home.path, 'docker') }
    expect(await berthCommand(['login', '--profile', 'work'], { env: docker })).toContain(
      `Logged in to ${berth.host}`,
    )
    expect(JSON.parse((await helper('get', berth.host)).stdout)).toMatchObject({ Username: 'AWS' })
    expect(await readFile(join(home.path, '.config/berth/logins.json'), 'utf8')).not.toContain(
      `${AWS_SECRET_ACCESS_KEY}`,
    )
  })
})
