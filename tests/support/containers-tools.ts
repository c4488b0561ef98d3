import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type Client, createClient } from './client.ts'
import { temporaryFolder } from './temporary-folder.ts'

/** podman, skopeo and buildah sharing one image store and one file of logins. */
export interface ContainersTools extends AsyncDisposable {
  readonly podman: Client
  readonly skopeo: Client
  readonly buildah: Client
  /** A folder for what they read and write; gone with the tools. */
  readonly folder: string
}

/**
 * The tools with stores, logins and settings in a temporary folder, away from the user's own. Builds are isolated by
 * chroot and layers are plain folders (`vfs`), so that they work inside a container too.
 */
export async function prepareContainersTools(): Promise<ContainersTools> {
  await using preparing = new AsyncDisposableStack()
  const root = preparing.use(await temporaryFolder()).path
  const env = await writeSettings(root)
  const podman = createClient('podman', [], env)
  preparing.defer(async () => {
    await podman.run(['rmi', '--all', '--force'])
  })
  const ready = preparing.move()
  return {
    podman,
    skopeo: createClient('skopeo', [], env),
    buildah: createClient('buildah', [], env),
    folder: join(root, 'work'),
    [Symbol.asyncDispose]: () => ready.disposeAsync(),
  }
}

async function writeSettings(root: string): Promise<Readonly<Record<string, string>>> {
  const at = (name: string) => join(root, name)
  for (const folder of ['home', 'run', 'tmp', 'work']) await mkdir(at(folder))
  await writeFile(at('auth.json'), '{}')
  await writeFile(at('storage.conf'), storageSettings(root))
  await writeFile(at('containers.conf'), engineSettings(root))
  return {
    HOME: at('home'),
    XDG_RUNTIME_DIR: at('run'),
    TMPDIR: at('tmp'),
    REGISTRY_AUTH_FILE: at('auth.json'),
    CONTAINERS_STORAGE_CONF: at('storage.conf'),
    CONTAINERS_CONF: at('containers.conf'),
    BUILDAH_ISOLATION: 'chroot',
  }
}

function storageSettings(root: string): string {
  return `[storage]
driver = "vfs"
graphroot = "${join(root, 'images')}"
runroot = "${join(root, 'run')}"
`
}

function engineSettings(root: string): string {
  return `[network]
network_config_dir = "${join(root, 'networks')}"
[engine]
cgroup_manager = "cgroupfs"
events_logger = "none"
tmp_dir = "${join(root, 'libpod')}"
`
}
