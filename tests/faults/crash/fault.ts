/** What the server does that a crash may come before or after. `commit` is a transaction's; the others are the blob store's. */
export const deeds = ['sync', 'folder sync', 'rename', 'remove', 'commit'] as const
export type Deed = (typeof deeds)[number]

/** What befalls a server from inside, at the so-manieth time that it comes to a deed. */
export type Fault =
  | {
      readonly kind: 'kill'
      readonly when: 'before' | 'after'
      readonly deed: Deed
      readonly passage: number
    }
  /** The deed fails once, as on a broken disk. */
  | { readonly kind: 'fail'; readonly deed: Exclude<Deed, 'commit' | 'remove'>; readonly passage: number }

/** What the harness tells a faulty server. */
export type Order =
  | { readonly kind: 'open'; readonly dataDir: string; readonly database: string; readonly port: number }
  /** From now on: the fault, if any, and whether garbage is collected without a pause. */
  | { readonly kind: 'arm'; readonly fault?: Fault | undefined; readonly collects: boolean }
  /** Remove all garbage however young, once; nobody may be pushing. */
  | { readonly kind: 'collect' }

/** What a faulty server tells the harness. */
export type Report =
  | { readonly kind: 'loaded' }
  | { readonly kind: 'listening'; readonly port: number }
  | { readonly kind: 'collected' }
  /** The deed was made to fail. */
  | { readonly kind: 'failed'; readonly deed: Deed }

export const rootKey = {
  accessKeyId: 'AKIAFAULTSFAULTSFAUL',
  secretAccessKey: 'the harness and its servers share it',
}
