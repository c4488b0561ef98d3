import type { RoleUse } from '../core/iam/entity.ts'
import type { KeyUse } from '../stores/metadata/iam.ts'
import type { MetadataStore } from '../stores/metadata/metadata-store.ts'
import { LastUses, type Use } from './last-uses.ts'

/** When keys were last signed with, when roles' sessions last asked for something, and when robots last logged in. */
export interface Uses {
  readonly keyUses: LastUses<KeyUse>
  readonly roleUses: LastUses<RoleUse>
  readonly robotUses: LastUses<Use>
}

/** Gathers all uses. Disposing writes those that wait to be. */
export function openUses(metadata: MetadataStore, onError: (error: unknown) => void): Uses & AsyncDisposable {
  const opened = new AsyncDisposableStack()
  const options = { metadata, onError }
  return {
    keyUses: opened.use(
      new LastUses<KeyUse>({ ...options, record: (tx, id, use) => tx.iam.recordKeyUse(id, use) }),
    ),
    roleUses: opened.use(
      new LastUses<RoleUse>({ ...options, record: (tx, id, use) => tx.iam.recordRoleUse(id, use) }),
    ),
    robotUses: opened.use(
      new LastUses({ ...options, record: (tx, id, { at }) => tx.robots.recordUse(id, at) }),
    ),
    [Symbol.asyncDispose]: () => opened.disposeAsync(),
  }
}
