import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { CreateRepositoryCommand, type ECRClient } from '@aws-sdk/client-ecr'
import { type BerthProcess, startBerthProcess } from './berth-process.ts'
import { type Client, createClient } from './client.ts'
import { type CountingProxy, startCountingProxy } from './counting-proxy.ts'
import { ecrClientOf } from './ecr-client.ts'
import { writeMultiArchLayout } from './oci-layout.ts'
import { fetchPassword } from './registry-login.ts'
import { SeededRandom } from './seeded-random.ts'
import { temporaryFolder } from './temporary-folder.ts'

/** Each of the two images of a layout has two layers as long as this. */
export const layerBytes = 200_000

/** crane, oras, regctl and helm beside a running Berth, whose clients' bytes are counted. */
export interface GoClientsDesk extends AsyncDisposable {
  readonly berth: BerthProcess
  readonly proxy: CountingProxy
  readonly ecr: ECRClient
  /** Of the account 000000000000. */
  readonly host: string
  /** The same server under another name, for a login of another account. */
  readonly otherHost: string
  readonly otherEcr: ECRClient
  readonly folder: string
  readonly crane: Client
  readonly oras: Client
  readonly regctl: Client
  readonly helm: Client
  /** With crane's logins. */
  readonly skopeo: Client
  /** Logs each client in at both hosts, from an ECR token on its standard input; resolves to what they say. */
  logIn(client: GoClientName): Promise<string>
  /** Writes a new layout of an index of two images; `path` is where, `digest` that index's. */
  layout(): Promise<{ readonly path: string; readonly digest: string }>
}

export type GoClientName = 'crane' | 'oras' | 'regctl' | 'helm'

const repositories = ['team/app', 'team/copy', 'charts/demo']

export async function openGoClientsDesk(): Promise<GoClientsDesk> {
  await using opening = new AsyncDisposableStack()
  const berth = opening.use(await startBerthProcess({ flags: ['--dev'] }))
  const proxy = opening.use(await startCountingProxy(Number(new URL(berth.url).port)))
  const folder = opening.use(await temporaryFolder()).path
  const ecr = await ecrClientOf(berth)
  const otherEcr = await ecrClientOf(berth, { accessKeyId: '444455556666', secretAccessKey: 'test' })
  for (const client of [ecr, otherEcr]) await createRepositories(client)
  const hosts = { host: `localhost:${proxy.port}`, otherHost: `127.0.0.1:${proxy.port}` }
  const { clients, skopeo } = await makeClients(folder)
  const random = new SeededRandom(`layouts of ${berth.url}`)
  let layouts = 0
  const open = opening.move()
  return {
    ...clients,
    skopeo,
    ...hosts,
    ...{ berth, proxy, ecr, otherEcr, folder },
    async logIn(name) {
      const client = clients[name]
      const said: string[] = []
      for (const [host, account] of [[hosts.host, ecr] as const, [hosts.otherHost, otherEcr] as const]) {
        for (const args of loginLines(name, host)) {
          const { exitCode, stdout, stderr } = await client.run(args, { input: await fetchPassword(account) })
          said.push(exitCode === 0 ? stdout + stderr : `${name} ended with ${exitCode}: ${stderr}`)
        }
      }
      return said.join('')
    },
    async layout() {
      layouts += 1
      const path = join(folder, `layout-${layouts}`)
      return { path, digest: await writeMultiArchLayout(path, random, [layerBytes, layerBytes]) }
    },
    [Symbol.asyncDispose]: () => open.disposeAsync(),
  }
}

async function createRepositories(ecr: ECRClient): Promise<void> {
  for (const repositoryName of repositories) await ecr.send(new CreateRepositoryCommand({ repositoryName }))
}

/** With settings and logins of the test's own. */
async function makeClients(folder: string) {
  const [home, work] = [join(folder, 'home'), join(folder, 'work')]
  for (const path of [home, work]) await mkdir(path)
  await writeFile(join(home, 'config.json'), '{}')
  const env = { HOME: home, DOCKER_CONFIG: home, REGCTL_CONFIG: join(home, 'regctl.json') }
  const logins = { REGISTRY_AUTH_FILE: join(home, 'config.json') }
  return {
    clients: {
      crane: createClient('crane', [], env),
      oras: createClient('oras', [], env),
      regctl: createClient('regctl', [], env),
      helm: createClient('helm', [], env),
    },
    skopeo: createClient('skopeo', [], { ...env, ...logins }),
  }
}

function loginLines(name: GoClientName, host: string): readonly (readonly string[])[] {
  const user = ['--username', 'AWS', '--password-stdin']
  switch (name) {
    case 'crane':
      return [['auth', 'login', ...user, host]]
    case 'oras':
      return [['login', '--plain-http', ...user, host]]
    case 'helm':
      return [['registry', 'login', '--plain-http', ...user, host]]
    case 'regctl':
      return [
        ['registry', 'set', host, '--tls', 'disabled', '--skip-check'],
        ['registry', 'login', host, '--user', 'AWS', '--pass-stdin'],
      ]
  }
}
