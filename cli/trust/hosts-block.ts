import { CliError } from '../cli-error.ts'

const begin = '# berth trust: begin; `berth trust --remove` takes this away and all that belongs to it'
const lineEndIsOurs = '# berth trust: the line end before this belongs to it'
const madeFolder = '# berth trust: made folder '
const end = '# berth trust: end'

/** What Berth has written into a hosts file. */
export interface HostsBlock {
  /** Lines such as `127.0.0.1 registry.example`. */
  readonly lines: readonly string[]
  /** Folders that weren't there before, outermost first. Kept here, so that taking it back needs nothing but this machine. */
  readonly madeFolders: readonly string[]
}

/** The text with this block at its end, or in the place of the one that it has. @throws CliError for half a block */
export function withBlock(text: string, block: HostsBlock): string {
  const found = findBlock(text)
  const rest = found ? found.before : text
  const ownsLineEnd = rest !== '' && !rest.endsWith('\n')
  const inside = [
    begin,
    ...(ownsLineEnd ? [lineEndIsOurs] : []),
    ...block.madeFolders.map((folder) => madeFolder + folder),
    ...block.lines,
    end,
  ]
  return `${rest}${ownsLineEnd ? '\n' : ''}${inside.join('\n')}\n${found?.after ?? ''}`
}

/** The text as it was before `withBlock`, but for what others have changed since. @throws CliError for half a block */
export function withoutBlock(text: string): string {
  const found = findBlock(text)
  return found ? found.before + found.after : text
}

/** The block in a text, if it has one. @throws CliError for half a block */
export function readBlock(text: string): HostsBlock | undefined {
  const found = findBlock(text)
  if (found === undefined) return undefined
  const lines = found.inside.split('\n').filter((line) => line !== '')
  return {
    lines: lines.filter((line) => !line.startsWith('#')),
    madeFolders: lines
      .filter((line) => line.startsWith(madeFolder))
      .map((line) => line.slice(madeFolder.length)),
  }
}

interface FoundBlock {
  readonly before: string
  readonly inside: string
  readonly after: string
}

function findBlock(text: string): FoundBlock | undefined {
  const from = lineStart(text, begin)
  const last = lineStart(text, end)
  if (from < 0 && last < 0) return undefined
  if (from < 0 || last < from) throw halfBlock()
  const inside = text.slice(from + begin.length + 1, last)
  const after = text.slice(last + end.length + 1)
  const before = text.slice(0, from)
  const ours = inside.startsWith(`${lineEndIsOurs}\n`) && after === ''
  return { before: ours ? before.slice(0, -1) : before, inside, after }
}

/** Where the line begins that is exactly this; -1 when there is none. */
function lineStart(text: string, line: string): number {
  const at = `\n${text}\n`.indexOf(`\n${line}\n`)
  return at
}

function halfBlock(): CliError {
  return new CliError(
    'The hosts file has only one end of the lines that `berth trust` wrote',
    `Take the lines that begin with "# berth trust:", and those between them, away by hand.`,
  )
}
