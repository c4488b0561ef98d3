import { join, resolve } from 'node:path'
import type { Damage, VerifyProgress } from '../src/registry/verify-store.ts'
import { BlobLayout } from '../src/stores/blobs/file/blob-layout.ts'
import type { NamedManifest } from '../src/stores/metadata/audit.ts'
import { formatBytes, formatCount } from './format.ts'
import { quote } from './shells/bash.ts'

/** What a verification has found, for people, and how each damaged blob is healed. */
export function report({ blobs, bytes, damages }: VerifyProgress, dataDir: string): string {
  const looked = `${formatCount(blobs, 'blob')} hashed, ${formatBytes(bytes)}`
  if (damages.length === 0) return `${looked}: all is whole\n`
  const described = damages.map((damage) => describe(damage, resolve(dataDir)))
  return `${looked}; damaged: ${damages.length}\n${described.join('')}`
}

function describe(damage: Damage, dataDir: string): string {
  const { kind, digest, problem, repositories, images } = damage
  const lines = [
    `${kind} ${digest}: ${problem}`,
    ...repositories.map(({ account, region, name }) => `  in repository ${account}/${region}/${name}`),
    ...images.map((image) => `  harms image ${describeImage(image)}`),
    ...cure(damage, dataDir),
  ]
  return `${lines.join('\n')}\n`
}

function describeImage({ kind, repository, digest, tags }: NamedManifest): string {
  const facts = [tags.join(', '), kind === 'deleted' ? 'deleted, can be restored' : ''].filter(Boolean)
  return `${repository.name}@${digest}${facts.length > 0 ? ` (${facts.join('; ')})` : ''}`
}

function cure({ kind, digest, isInTheWay }: Damage, dataDir: string): string[] {
  if (kind === 'manifest') return []
  if (!isInTheWay) return ['  to heal it, push an image that has it']
  const file = new BlobLayout(dataDir).blob(digest)
  const aside = join(dataDir, `damaged-${digest.replace(':', '-')}`)
  return [
    '  to heal it, move its file away and push an image that has it:',
    `    mv ${quote(file)} ${quote(aside)}`,
  ]
}
