import { sql } from 'kysely'
import type { Migration } from './migration.ts'

/** Which images an index may list, so that a policy that looks at a million images asks for the indexes of those alone. */
export const listedImages: Migration = {
  name: '0016-listed-images',
  statements: ({ integer }) => [
    sql`alter table images add column listed ${integer} not null default 0`,
    sql`update images set listed = 1 where id in (
      select child.id from image_children
      join images as child
        on child.repository_id = image_children.repository_id and child.digest = image_children.child_digest
    )`,
  ],
}
