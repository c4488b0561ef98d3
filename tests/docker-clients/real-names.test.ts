import { mkdir, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, vi } from 'vitest'
import { readSecrets } from '../../src/config/secrets.ts'
import { findAwsCli } from '../support/aws-cli.ts'
import { BERTH, type BerthProcess, startBerthProcess } from '../support/berth-process.ts'
import type { Outcome } from '../support/client.ts'
import { type Dockerd, startDockerd } from '../support/dockerd.ts'
import { testAsRootWith, testUnless } from '../support/installed-programs.ts'
import { openPrivateMachine, type PrivateMachine, whyNoPrivateMachine } from '../support/private-machine.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'

const [aws1, aws2, noMachine] = await Promise.all([findAwsCli(1), findAwsCli(2), whyNoPrivateMachine()])
const reason = noMachine || (!(aws1 && aws2) && 'the aws command line is not installed in both versions')
const test = reason ? testUnless(reason) : testAsRootWith('dockerd', 'docker', 'skopeo', 'podman', 'curl')

const registry = '180789647333.dkr.ecr.us-east-1.amazonaws.com'
/** An address of this machine that no other test listens on: port 443 is always the same. */
const address = `127.${20 + (process.pid % 200)}.${(process.pid >> 8) % 256}.${1 + (process.ppid % 254)}`
const settings = ['--account-id', '180789647333', '--region', 'us-east-1', '--host', address]

describe('on a machine that trusts Berth, the commands of a tutorial run as they are written', () => {
  const resources = new AsyncDisposableStack()
  let machine: PrivateMachine
  let berth: BerthProcess
  let dockerd: Dockerd
  let filesBefore: Readonly<Record<string, string>>
  let env: Readonly<Record<string, string>>
  let folder: string

  beforeAll(async () => {
    if (reason || process.getuid?.() !== 0) return
    machine = resources.use(await openPrivateMachine())
    berth = resources.use(await startBerthProcess({ flags: [...settings, '--tls-local'] }))
    dockerd = resources.use(await startDockerd(machine.enter))
    filesBefore = await machine.files()
    folder = resources.use(await temporaryFolder()).path
    env = { ...dockerd.env, ...(await whatTutorialsAsk(folder, berth.dataDir)) }
  })
  afterAll(() => resources.disposeAsync())

  /** Types a line on that machine, in the folder with the Dockerfile. */
  function attempt(line: string, path = 'v1'): Promise<Outcome> {
    const bash = machine.client('bash', { ...env, PATH: `${join(folder, path)}:${process.env.PATH}` })
    return bash.run(['-c', `cd ${folder} && set -o pipefail\n${line}`])
  }

  async function type(line: string, path?: string): Promise<string> {
    const outcome = await attempt(line, path)
    expect(outcome, `${line}\n${outcome.stderr}`).toMatchObject({ exitCode: 0 })
    return outcome.stdout
  }

  function trust(...args: readonly string[]): Promise<string> {
    const command = [BERTH, 'trust', '--data-dir', berth.dataDir, ...args]
    return machine.client(process.execPath).output(command)
  }

  test('berth trust prints what it would do, and changes nothing', async () => {
    const said = await trust('--host', address)
    expect(said).toContain(`add to /etc/hosts\n      ${address} ${registry}\n`)
    expect(said).toContain(`write /etc/docker/certs.d/${registry}/berth-local-ca.crt`)
    expect(said).toContain('run update-ca-certificates')
    expect(said).toMatch(new RegExp(`sudo .* trust --data-dir ${berth.dataDir} .* --host ${address} --apply`))
    expect(await machine.files()).toEqual(filesBefore)
  })

  test('berth trust --apply does it, and again does nothing', async () => {
    await trust('--host', address, '--apply')
    const files = await machine.files()
    expect(files).not.toEqual(filesBefore)
    const again = await trust('--host', address, '--apply')
    expect(again.match(/\(is done\)/g)).toHaveLength(4)
    expect(await machine.files()).toEqual(files)
  })

  test('dockerd finds the names, once it has forgotten the hosts it read before', async () => {
    // Programs written in Go read /etc/hosts again only after five seconds.
    const finds = async () => {
      const { stderr } = await attempt(`docker login --username AWS --password none ${registry}`)
      return !stderr.includes('no such host')
    }
    await vi.waitUntil(finds, { timeout: 30_000, interval: 500 })
  })

  test('a repository is created at the name that AWS would give it', async () => {
    const create = 'aws ecr create-repository --repository-name aws-ecr-nginx --region us-east-1'
    const { repository } = JSON.parse(await type(create))
    expect(repository.repositoryUri).toBe(`${registry}/aws-ecr-nginx`)
  })

  test('docker build -t ... names the image', async () => {
    await type('docker build -t 180789647333.dkr.ecr.us-east-1.amazonaws.com/aws-ecr-nginx:dev1 .')
  })

  test('aws ecr get-login prints a login that succeeds', async () => {
    const line = await type('aws ecr get-login --no-include-email --region us-east-1')
    expect(line).toMatch(new RegExp(`^docker login -u AWS -p \\S+ https://${registry}\\n$`))
    expect(await type(line)).toContain('Login Succeeded')
  })

  test('docker push ... pushes, and docker pull ... pulls', async () => {
    const pushed = await type('docker push 180789647333.dkr.ecr.us-east-1.amazonaws.com/aws-ecr-nginx:dev1')
    expect(pushed).toMatch(/dev1: digest: sha256:[0-9a-f]{64}/)
    await type(`docker rmi ${registry}/aws-ecr-nginx:dev1`)
    expect(await type(`docker pull ${registry}/aws-ecr-nginx:dev1`)).toContain('Downloaded newer image')
  })

  test('version 2 of the aws command line finds the same, and who is calling', async () => {
    const images = await type(
      'aws ecr describe-images --repository-name aws-ecr-nginx --region us-east-1',
      'v2',
    )
    expect(JSON.parse(images).imageDetails).toEqual([expect.objectContaining({ imageTags: ['dev1'] })])
    const caller = JSON.parse(await type('aws sts get-caller-identity --region us-east-1', 'v2'))
    expect(caller.Account).toBe('180789647333')
    const login = `docker login --username AWS --password-stdin ${registry}`
    const password = 'aws ecr get-login-password --region us-east-1'
    expect(await type(`${password} | ${login}`, 'v2')).toContain('Login Succeeded')
  })

  for (const [program, line] of Object.entries({
    skopeo: `skopeo inspect --creds "AWS:$PASSWORD" docker://${registry}/aws-ecr-nginx:dev1`,
    podman: `podman login --authfile auth.json --username AWS --password "$PASSWORD" ${registry}`,
    curl: `curl --silent --fail --user "AWS:$PASSWORD" https://${registry}/v2/aws-ecr-nginx/tags/list`,
  })) {
    test(`${program} believes it too`, async () => {
      await type(`PASSWORD=$(aws ecr get-login-password --region us-east-1)\n${line}`)
    })
  }

  test('another account pulls with a policy of the repository, and not without, by docker and by the API', async () => {
    const [keyId, secret] = await keyOfNewAccount('111122223333')
    const other = `export AWS_ACCESS_KEY_ID=${keyId} AWS_SECRET_ACCESS_KEY=${secret}; docker() { command docker --config other "$@"; }`
    const asOther = (line: string) => attempt(`${other}\n${line}`)
    const pull = `docker pull ${registry}/aws-ecr-nginx:dev1`
    const get =
      'aws ecr batch-get-image --registry-id 180789647333 --repository-name aws-ecr-nginx --image-ids imageTag=dev1 --region us-east-1'
    const logIn = await asOther(
      '$(aws ecr get-login --no-include-email --region us-east-1 --registry-ids 180789647333)',
    )
    expect(logIn.stdout).toContain('Login Succeeded')
    const denial =
      'User: arn:aws:iam::111122223333:root is not authorized to perform: ecr:BatchGetImage on resource: arn:aws:ecr:us-east-1:180789647333:repository/aws-ecr-nginx because no resource-based policy allows the ecr:BatchGetImage action'
    const denied = { stderr: expect.stringContaining(denial) }
    expect(await asOther(pull)).toMatchObject(denied)
    expect(await asOther(get)).toMatchObject(denied)

    const actions = ['ecr:BatchGetImage', 'ecr:GetDownloadUrlForLayer']
    const statement = { Effect: 'Allow', Principal: { AWS: '111122223333' }, Action: actions }
    const policy = JSON.stringify({ Version: '2012-10-17', Statement: [statement] })
    const named = '--repository-name aws-ecr-nginx --region us-east-1'
    await type(
      `docker rmi ${registry}/aws-ecr-nginx:dev1; aws ecr set-repository-policy ${named} --policy-text '${policy}'`,
    )
    expect(await asOther(pull)).toMatchObject({ exitCode: 0, stdout: expect.stringContaining('Downloaded') })
    expect(JSON.parse((await asOther(get)).stdout).images).toHaveLength(1)

    await type(`aws ecr delete-repository-policy ${named}`)
    expect(await asOther(pull)).toMatchObject(denied)
    expect(await asOther(get)).toMatchObject(denied)
  })

  async function keyOfNewAccount(account: string): Promise<readonly string[]> {
    const make = [BERTH, 'account', 'create', account, '--json', '--data-dir', berth.dataDir]
    const { accessKeyId, secretAccessKey } = JSON.parse(await machine.client(process.execPath).output(make))
    return [accessKeyId, secretAccessKey]
  }

  test('another name of AWS is not taken over', async () => {
    const elsewhere = await attempt(`curl --silent --connect-to ::${address}:443 https://s3.amazonaws.com/`)
    expect(elsewhere).toMatchObject({ exitCode: 35, stdout: '' })
  })

  test('berth trust --remove leaves every file as it was', async () => {
    const said = await trust('--remove')
    expect(said).toContain('take out of /etc/hosts')
    expect(await machine.files()).toEqual(filesBefore)
    const pem = '/etc/ssl/certs/berth-local-ca.pem'
    expect(await machine.hooked()).toBe(`+${pem}\n-${pem}\n`)
    expect(await trust('--remove')).toBe('Nothing of `berth trust` is on this machine.')
    const fails = async () => (await attempt(`docker pull ${registry}/aws-ecr-nginx:dev1`)).exitCode === 1
    await vi.waitUntil(fails, { timeout: 30_000, interval: 500 })
  })
})

/** Keys as `aws configure` takes them, the CAs of the system, either aws command line, and a Dockerfile. */
async function whatTutorialsAsk(folder: string, dataDir: string): Promise<Readonly<Record<string, string>>> {
  const secrets = await readSecrets(dataDir)
  for (const [name, cli] of Object.entries({ v1: aws1, v2: aws2 })) {
    await mkdir(join(folder, name))
    await symlink(cli?.path ?? '', join(folder, name, 'aws'))
  }
  await writeFile(join(folder, 'page.html'), 'Hello from a tutorial')
  await writeFile(
    join(folder, 'Dockerfile'),
    'FROM scratch\nCOPY page.html /usr/share/nginx/html/index.html\n',
  )
  return {
    HOME: folder,
    AWS_PAGER: '',
    AWS_ACCESS_KEY_ID: secrets?.rootAccessKey ?? '',
    AWS_SECRET_ACCESS_KEY: secrets?.rootSecretKey ?? '',
    AWS_CA_BUNDLE: '/etc/ssl/certs/ca-certificates.crt',
  }
}
