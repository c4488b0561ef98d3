/** The one thing that a container which only holds others' network does: sleep, in each processor's words. */
const sleepers: Readonly<Record<string, { readonly machine: number; readonly code: readonly number[] }>> = {
  // mov eax, 34 (pause); syscall; and again
  amd64: { machine: 62, code: [0xb8, 34, 0, 0, 0, 0x0f, 0x05, 0xeb, 0xf7] },
  // x0 to x4 are 0; x8 is 73 (ppoll); svc 0; and again
  arm64: {
    machine: 183,
    code: [
      0xd2800000, 0xd2800001, 0xd2800002, 0xd2800003, 0xd2800004, 0xd2800928, 0xd4000001, 0x17fffff9,
    ].flatMap((word) => [word & 255, (word >>> 8) & 255, (word >>> 16) & 255, word >>> 24]),
  },
}

const headerSize = 64 + 56
const loadedAt = 0x40_0000n
const blockSize = 512

/**
 * A file system with one program that sleeps for ever, as a tar archive; undefined for an architecture that isn't known.
 *
 * @param architecture Docker's name for it: `amd64`, `arm64`
 */
export function pauseImage(architecture: string): Uint8Array | undefined {
  const sleeper = sleepers[architecture]
  return sleeper && archiveOf('pause', program(sleeper.machine, Uint8Array.from(sleeper.code)))
}

/** An executable of one segment. @see ELF-64 Object File Format, ELF header and Program header */
function program(machine: number, code: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(headerSize + code.byteLength)
  const view = new DataView(bytes.buffer)
  bytes.set([0x7f, 0x45, 0x4c, 0x46, 2, 1, 1])
  const size = BigInt(bytes.byteLength)
  view.setUint16(16, 2, true) // an executable
  view.setUint16(18, machine, true)
  view.setUint32(20, 1, true)
  view.setBigUint64(24, loadedAt + BigInt(headerSize), true)
  view.setBigUint64(32, 64n, true) // where program headers begin
  view.setUint16(52, 64, true)
  view.setUint16(54, 56, true)
  view.setUint16(56, 1, true)
  view.setUint32(64, 1, true) // to be loaded
  view.setUint32(68, 5, true) // readable and executable
  view.setBigUint64(80, loadedAt, true)
  view.setBigUint64(88, loadedAt, true)
  view.setBigUint64(96, size, true)
  view.setBigUint64(104, size, true)
  view.setBigUint64(112, 0x1000n, true)
  bytes.set(code, headerSize)
  return bytes
}

/** An archive of one file that everybody may run. @see POSIX, pax, ustar Interchange Format */
function archiveOf(name: string, content: Uint8Array): Uint8Array {
  const blocks = Math.ceil(content.byteLength / blockSize)
  const archive = Buffer.alloc((1 + blocks + 2) * blockSize)
  const octal = (value: number, digits: number) => value.toString(8).padStart(digits, '0')
  archive.write(name, 0)
  archive.write(`${octal(0o755, 7)}\0${octal(0, 7)}\0${octal(0, 7)}\0`, 100)
  archive.write(`${octal(content.byteLength, 11)}\0${octal(0, 11)}\0`, 124)
  archive.write('        0', 148)
  archive.write('ustar\u000000', 257)
  const sum = archive.subarray(0, blockSize).reduce((total, byte) => total + byte, 0)
  archive.write(`${octal(sum, 6)}\0 `, 148)
  archive.set(content, blockSize)
  return archive
}
