import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { CreateRepositoryCommand, type ECRClient } from '@aws-sdk/client-ecr'
import { type BerthProcess, startBerth } from './berth-process.ts'
import { type ContainersTools, prepareContainersTools } from './containers-tools.ts'
import { ecrClientOf, logIn, passwordOf } from './ecr-client.ts'

/** podman, skopeo and buildah beside a running Berth, logged in. */
export interface ContainersDesk extends ContainersTools {
  readonly berth: BerthProcess
  readonly ecr: ECRClient
  /** What `login` takes on its standard input. */
  readonly password: string
  /** Builds an image that holds this text and nothing else. */
  build(reference: string, text: string): Promise<void>
}

export async function openContainersDesk(repositories: readonly string[]): Promise<ContainersDesk> {
  await using opening = new AsyncDisposableStack()
  const berth = opening.use(await startBerth())
  const tools = opening.use(await prepareContainersTools())
  const ecr = await ecrClientOf(berth)
  for (const repositoryName of repositories) await ecr.send(new CreateRepositoryCommand({ repositoryName }))
  const password = passwordOf(await logIn(berth, ecr))
  const login = ['login', '--tls-verify=false', '--username', 'AWS', '--password-stdin', berth.host]
  await tools.skopeo.output(login, { input: password })
  const build = (reference: string, text: string) => buildImage(tools, reference, text)
  const open = opening.move()
  return { ...tools, berth, ecr, password, build, [Symbol.asyncDispose]: () => open.disposeAsync() }
}

async function buildImage(
  { buildah, folder }: ContainersTools,
  reference: string,
  text: string,
): Promise<void> {
  const context = join(folder, 'context')
  await mkdir(context, { recursive: true })
  await writeFile(join(context, 'Containerfile'), 'FROM scratch\nCOPY text /\n')
  await writeFile(join(context, 'text'), text)
  await buildah.output(['bud', '--tag', reference, context])
}
