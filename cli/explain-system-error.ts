import { z } from 'zod'

/** What the operating system, SQLite or PostgreSQL says of a refusal. */
const systemError = z.object({
  code: z.string(),
  message: z.string(),
  syscall: z.string().optional(),
  address: z.string().optional(),
  port: z.number().optional(),
  path: z.string().optional(),
  hostname: z.string().optional(),
})

type SystemError = z.infer<typeof systemError>
type Explanation = readonly [problem: string, advice: string]

const reasons: Readonly<Record<string, (error: SystemError) => Explanation | undefined>> = {
  EADDRINUSE: ({ address, port }) => [
    `Port ${port} of ${address} is taken`,
    'Stop what listens there, or choose another with --port, or --tls-port for HTTPS (0 takes any free one).',
  ],
  EADDRNOTAVAIL: ({ address }) => [
    `This machine has no address ${address}`,
    'Give --host one that it has: 127.0.0.1 for this machine alone, 0.0.0.0 for the network.',
  ],
  EACCES: (error) => (error.syscall === 'listen' ? forbiddenPort(error) : unusableFolder(error)),
  EPERM: unusableFolder,
  EISDIR: unusableFolder,
  EROFS: unusableFolder,
  ENOTDIR: unusableFolder,
  EEXIST: unusableFolder,
  // Where a link leads to nothing, such as a disk that isn't there, no folder can be made.
  ENOENT: (error) => (error.syscall === 'mkdir' ? unusableFolder(error) : undefined),
  ENOSPC: () => ['The disk is full', 'Free some space, or give --data-dir a folder on another disk.'],
  ENOTFOUND: ({ hostname }) => [
    `No machine is known as ${hostname}`,
    'Check the host names in --host and --database.',
  ],
  ECONNREFUSED: unreachableDatabase,
  ETIMEDOUT: unreachableDatabase,
  '28000': refusedByDatabase,
  '28P01': refusedByDatabase,
  '3D000': refusedByDatabase,
  '42501': refusedByDatabase,
  ERR_SQLITE_ERROR: ({ message }) => [
    `The database in the data folder can't be used: ${message}`,
    'Check that this user may write the folder and its files; restore them from a backup if they are damaged.',
  ],
}

/** What is wrong and what to do, for the refusals that a user can mend; undefined for any other error. */
export function explainSystemError(error: unknown): Explanation | undefined {
  const facts = systemError.safeParse(error).data
  return facts && reasons[facts.code]?.(facts)
}

function forbiddenPort({ port }: SystemError): Explanation {
  return [
    `This user may not listen on port ${port}`,
    `Choose one from 1024 up with --port, or --tls-port for HTTPS; on Linux, \`sudo sysctl net.ipv4.ip_unprivileged_port_start=${port}\` lets everybody.`,
  ]
}

function unusableFolder({ path, code }: SystemError): Explanation {
  return [`${path} can't be used (${code})`, 'Give --data-dir a folder that this user may write.']
}

function unreachableDatabase({ message }: SystemError): Explanation {
  return [`The database does not answer (${message})`, 'Check that it runs and that --database names it.']
}

function refusedByDatabase({ message }: SystemError): Explanation {
  return [`The database refused: ${message}`, 'Check user, password and database name in --database.']
}
