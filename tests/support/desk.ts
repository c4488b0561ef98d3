import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { AwsCli } from './aws-cli.ts'
import { type BerthProcess, startBerthProcess } from './berth-process.ts'
import { type Dockerd, startDockerd } from './dockerd.ts'
import { openShell, type Shell } from './shell.ts'

/** All that the README's reader has: a running Berth, a Docker Engine, and a shell in a folder with a Dockerfile. */
export interface Desk extends Shell {
  readonly berth: BerthProcess
  readonly dockerd: Dockerd
  /** Changes the page that `docker build` puts into the image. */
  editPage(text: string): Promise<void>
}

/** The desk owns the Berth from here on, one of its own unless it is given one. */
export async function openDesk(aws: AwsCli, given?: BerthProcess): Promise<Desk> {
  await using opening = new AsyncDisposableStack()
  const berth = opening.use(given ?? (await startBerthProcess()))
  const dockerd = opening.use(await startDockerd())
  const shell = opening.use(await openShell({ berth, dockerd, aws }))
  await mkdir(join(shell.folder, 'html'))
  await writeFile(join(shell.folder, 'Dockerfile'), 'FROM scratch\nCOPY html /usr/share/nginx/html\n')
  const open = opening.move()
  return {
    ...shell,
    berth,
    dockerd,
    editPage: (text) => writeFile(join(shell.folder, 'html/index.html'), text),
    [Symbol.asyncDispose]: () => open.disposeAsync(),
  }
}
