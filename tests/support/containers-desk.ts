import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { CreateRepositoryCommand, type ECRClient } from '@aws-sdk/client-ecr'
import { type BerthProcess, startBerthProcess } from './berth-process.ts'
import { type ContainersTools, prepareContainersTools } from './containers-tools.ts'
import { ecrClientOf } from './ecr-client.ts'
import { fetchPassword } from './registry-login.ts'

/** podman, skopeo and buildah beside a running Berth, logged in. */
export interface ContainersDesk extends ContainersTools {
  readonly berth: BerthProcess
  readonly ecr: ECRClient
  /** What `login` takes on its standard input. */
  readonly password: string
  /** Writes what builds an image that holds this text and nothing else; resolves to the folder of it. */
  writeContext(text: string): Promise<string>
  /** Builds that image with buildah. */
  build(reference: string, text: string): Promise<void>
}

export async function openContainersDesk(repositories: readonly string[]): Promise<ContainersDesk> {
  await using opening = new AsyncDisposableStack()
  const berth = opening.use(await startBerthProcess())
  const tools = opening.use(await prepareContainersTools())
  const ecr = await ecrClientOf(berth)
  for (const repositoryName of repositories) await ecr.send(new CreateRepositoryCommand({ repositoryName }))
  const password = await fetchPassword(ecr)
  const login = ['login', '--tls-verify=false', '--username', 'AWS', '--password-stdin', berth.host]
  await tools.skopeo.output(login, { input: password })
  const writeContext = (text: string) => writeBuildContext(join(tools.folder, 'context'), text)
  const open = opening.move()
  return {
    ...tools,
    berth,
    ecr,
    password,
    writeContext,
    build: async (reference, text) => {
      await tools.buildah.output(['bud', '--tag', reference, await writeContext(text)])
    },
    [Symbol.asyncDispose]: () => open.disposeAsync(),
  }
}

async function writeBuildContext(folder: string, text: string): Promise<string> {
  await mkdir(folder, { recursive: true })
  await writeFile(join(folder, 'Containerfile'), 'FROM scratch\nCOPY text /\n')
  await writeFile(join(folder, 'text'), text)
  return folder
}
