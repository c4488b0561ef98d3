import { cp, mkdir, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { Client } from './client.ts'
import { temporaryFolder } from './temporary-folder.ts'

/** Builds an image that holds these files and nothing else; several references may name it. */
export async function buildImageOf(
  docker: Client,
  references: readonly string[],
  files: Readonly<Record<string, string | Uint8Array>>,
): Promise<void> {
  await using folder = await temporaryFolder()
  await writeTree(join(folder.path, 'tree'), files)
  await writeFile(join(folder.path, 'Dockerfile'), 'FROM scratch\nCOPY tree /\n')
  await build(docker, references, folder.path)
}

/** Builds an image that runs: busybox alone, which does what its arguments say. */
export async function buildBusyboxImage(docker: Client, reference: string): Promise<void> {
  await using folder = await temporaryFolder()
  await cp('/bin/busybox', join(folder.path, 'busybox'))
  const steps = ['FROM scratch', 'COPY busybox /bin/busybox', 'ENTRYPOINT ["/bin/busybox"]']
  await writeFile(join(folder.path, 'Dockerfile'), `${steps.join('\n')}\n`)
  await build(docker, [reference], folder.path)
}

async function writeTree(root: string, files: Readonly<Record<string, string | Uint8Array>>): Promise<void> {
  for (const [path, content] of Object.entries(files)) {
    await mkdir(dirname(join(root, path)), { recursive: true })
    await writeFile(join(root, path), content)
  }
}

async function build(docker: Client, references: readonly string[], folder: string): Promise<void> {
  const names = references.flatMap((reference) => ['--tag', reference])
  await docker.output(['build', '--quiet', ...names, folder])
}
