import { z } from 'zod'

const keys = z.object({
  endpoint: z.string(),
  region: z.string(),
  accessKeyId: z.string(),
  secretAccessKey: z.string(),
  sessionToken: z.string().optional(),
  caFile: z.string().optional(),
})

/** How to get a password for a registry: always a fresh one where there is a way to. */
export const loginSchema = z.discriminatedUnion('kind', [
  /** The root of the Berth that runs on a data folder of this machine. */
  z.object({ kind: z.literal('folder'), dataDir: z.string() }),
  z.object({ kind: z.literal('keys'), ...keys.shape }),
  /** A profile of AWS's configuration files, read anew each time. */
  z.object({
    kind: z.literal('profile'),
    profile: z.string(),
    endpoint: z.string(),
    caFile: z.string().optional(),
  }),
  /** What `docker login` was given, a robot's password for one. */
  z.object({ kind: z.literal('password'), userName: z.string(), password: z.string() }),
])

export type Login = z.infer<typeof loginSchema>
