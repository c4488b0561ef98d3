import { type LayerLimits, UnreadableLayerError } from './limits.ts'

const maxPathLength = 4096

/**
 * An entry's path as a file system would see it: without a slash in front, without `.`, and with `..` never leaving the root. The
 * empty path is the root.
 *
 * @throws UnreadableLayerError for a path too long or too deep
 */
export function layerPath(path: string, { depth }: LayerLimits): string {
  if (path.length > maxPathLength) throw new UnreadableLayerError('A layer has a path that is too long')
  const parts: string[] = []
  for (const part of path.split('/')) {
    if (part === '..') parts.pop()
    else if (part !== '' && part !== '.') parts.push(part)
  }
  if (parts.length > depth) throw new UnreadableLayerError('A layer has a path that is too deep')
  return parts.join('/')
}

/** What a whiteout stands for; undefined for any other path. @see OCI image spec, "Whiteouts" */
export function readWhiteout(
  path: string,
): { readonly kind: 'removed' | 'emptied' | 'nothing'; readonly path: string } | undefined {
  const slash = path.lastIndexOf('/')
  const [folder, name] = [path.slice(0, Math.max(slash, 0)), path.slice(slash + 1)]
  if (!name.startsWith('.wh.')) return undefined
  if (name === '.wh..wh..opq') return { kind: 'emptied', path: folder }
  // Other names of this kind are what AUFS kept for itself.
  if (name.startsWith('.wh..wh.')) return { kind: 'nothing', path: folder }
  const hidden = name.slice('.wh.'.length)
  return { kind: 'removed', path: folder === '' ? hidden : `${folder}/${hidden}` }
}
