/** An entry of an archive that a test writes. */
export interface TarFile {
  readonly path: string
  readonly content?: string | Uint8Array
  /** The type flag; a file unless told. */
  readonly type?: string
  readonly linkPath?: string
  readonly mode?: number
  /** What the header says, where that isn't the content's length. */
  readonly size?: number
}

/** A tar archive, valid or not, as a test wants it. */
export function tarOf(files: readonly TarFile[]): Buffer {
  return Buffer.concat([...files.flatMap(entryOf), Buffer.alloc(1024)])
}

function entryOf(file: TarFile): Buffer[] {
  const content = Buffer.from(file.content ?? '')
  const padding = Buffer.alloc((512 - (content.length % 512)) % 512)
  return [headerOf(file, content.length), content, padding]
}

function headerOf({ path, type = '0', linkPath = '', mode = 0o644, size }: TarFile, length: number): Buffer {
  const header = Buffer.alloc(512)
  header.write(path, 0, 100)
  header.write(octal(mode, 8), 100)
  header.write(octal(size ?? length, 12), 124)
  header.write(' '.repeat(8), 148)
  header.write(type, 156)
  header.write(linkPath, 157, 100)
  header.write('ustar\x0000', 257)
  header.write(
    octal(
      header.reduce((sum, byte) => sum + byte, 0),
      7,
    ),
    148,
  )
  return header
}

function octal(value: number, length: number): string {
  return `${value.toString(8).padStart(length - 1, '0')}\0`
}
