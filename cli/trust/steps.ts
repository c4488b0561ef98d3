import { dirname } from 'node:path'
import { readBlock, withBlock, withoutBlock } from './hosts-block.ts'
import type { Machine } from './machine.ts'
import { hostsLines, type TrustPlan } from './trust-plan.ts'
import { type Command, caFileName, type TrustStore, trustStores } from './trust-store.ts'

/** One change to a machine. */
export interface Step {
  /** As one would say what to do: `write /etc/hosts`. */
  readonly what: string
  /** The lines it is about. */
  readonly details: readonly string[]
  readonly isDone: boolean
  run(): Promise<void>
}

/** Runs a program of the machine. */
export type RunProgram = (command: Command) => Promise<void>

const hostsFile = '/etc/hosts'
/** dockerd, podman, skopeo and buildah take a host's CAs from here, at each connection. */
const dockerFolder = '/etc/docker/certs.d'

/**
 * What makes this machine believe Berth, in order. The hosts file comes first, since it keeps what there is to take back: a machine whose
 * power fails in between can still be cleaned.
 */
export async function stepsToApply(
  plan: TrustPlan,
  machine: Machine,
  run: RunProgram,
): Promise<readonly Step[]> {
  const store = await findStore(machine)
  const wanted = [
    ...plan.registryHosts.map((host) => `${dockerFolder}/${host}/${caFileName}`),
    ...(store ? [`${store.folder}/${caFileName}`] : []),
  ]
  const outdated = (await writtenFiles(machine)).filter((path) => !wanted.includes(path))
  return [
    await hostsStep(plan, wanted, machine),
    ...outdated.map((path) => removeFileStep(path, machine)),
    ...(await Promise.all(wanted.map((path) => writeStep(path, plan.cert, machine)))),
    ...(store ? [await updateStep(store, plan.cert, machine, run)] : []),
  ]
}

/** What takes everything back that `stepsToApply` ever did here, in order; none when there is nothing. */
export async function stepsToRemove(machine: Machine, run: RunProgram): Promise<readonly Step[]> {
  const hosts = (await machine.read(hostsFile)) ?? ''
  const block = readBlock(hosts)
  const files = await writtenFiles(machine)
  if (block === undefined && files.length === 0) return []
  const store = await findStore(machine)
  const folders = (block?.madeFolders ?? []).toReversed()
  return [
    ...files.map((path) => removeFileStep(path, machine)),
    ...folders.map((path) => step(`remove ${path}/ when it is empty`, () => machine.removeEmptyFolder(path))),
    ...(store ? [step(`have ${store.update[0]} forget it`, () => run(store.forget))] : []),
    ...(block
      ? [step(`take out of ${hostsFile}`, () => machine.write(hostsFile, withoutBlock(hosts)), block.lines)]
      : []),
  ]
}

/** Where this machine's programs find all CAs they believe, in one file, if it has a store that Berth knows. */
export async function findStore(machine: Machine): Promise<TrustStore | undefined> {
  for (const store of trustStores) {
    if ((await machine.exists(store.tellTale)) && (await machine.exists(store.folder))) return store
  }
  return undefined
}

async function hostsStep(plan: TrustPlan, files: readonly string[], machine: Machine): Promise<Step> {
  const text = (await machine.read(hostsFile)) ?? ''
  const lines = hostsLines(plan)
  const made = new Set(readBlock(text)?.madeFolders ?? [])
  for (const file of files) for (const folder of await machine.missingFolders(dirname(file))) made.add(folder)
  const wanted = withBlock(text, { lines, madeFolders: [...made] })
  const write = () => machine.write(hostsFile, wanted)
  return { ...step(`add to ${hostsFile}`, write, lines), isDone: text === wanted }
}

async function writeStep(path: string, text: string, machine: Machine): Promise<Step> {
  const write = async (): Promise<void> => {
    for (const folder of await machine.missingFolders(dirname(path))) await machine.makeFolder(folder)
    await machine.write(path, text)
  }
  return { ...step(`write ${path}`, write), isDone: (await machine.read(path)) === text }
}

async function updateStep(store: TrustStore, cert: string, machine: Machine, run: RunProgram): Promise<Step> {
  const isDone = ((await machine.read(store.bundle)) ?? '').includes(cert.trim())
  return { ...step(`run ${store.update.join(' ')}`, () => run(store.update)), isDone }
}

function removeFileStep(path: string, machine: Machine): Step {
  return step(`remove ${path}`, () => machine.remove(path))
}

function step(what: string, run: () => Promise<void>, details: readonly string[] = []): Step {
  return { what, details, isDone: false, run }
}

/** Files of the CA that are there, whichever data folder it came from. */
async function writtenFiles(machine: Machine): Promise<readonly string[]> {
  const hosts = await machine.list(dockerFolder)
  const possible = [
    ...hosts.map((host) => `${dockerFolder}/${host}/${caFileName}`),
    ...new Set(trustStores.map(({ folder }) => `${folder}/${caFileName}`)),
  ]
  const there = await Promise.all(possible.map((path) => machine.exists(path)))
  return possible.filter((_path, index) => there[index])
}
