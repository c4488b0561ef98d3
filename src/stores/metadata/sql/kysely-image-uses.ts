import { type Kysely, sql } from 'kysely'
import { type Task, type TaskContainer, taskArn } from '../../../core/ecs/task.ts'
import type { Digest } from '../../../core/names/digest.ts'
import type { ImageUseReader } from '../image-uses.ts'
import type { ImageUseTable } from '../schema/images.ts'
import type { Schema } from '../schema.ts'

export function imageUseReader(db: Kysely<Schema>): ImageUseReader {
  return {
    async of({ id, account, region, name }, digest) {
      const indexes = db
        .selectFrom('image_children')
        .innerJoin('images', 'images.id', 'image_children.image_id')
        .select('images.digest')
        .where('image_children.repository_id', '=', id)
        .where('child_digest', '=', digest)
      const uses = await db
        .selectFrom('image_uses')
        .select(({ fn }) => fn.count<number>('task').distinct().as('tasks'))
        .where('account_id', '=', account)
        .where('region', '=', region)
        .where('repository', '=', name)
        .where((eb) => eb.or([eb('digest', '=', digest), eb('digest', 'in', indexes)]))
        .executeTakeFirst()
      const image = await db
        .selectFrom('images')
        .select('last_used_at')
        .where('repository_id', '=', id)
        .where('digest', '=', digest)
        .executeTakeFirst()
      const endedAt = image?.last_used_at ?? undefined
      return { tasks: uses?.tasks ?? 0, ...(endedAt !== undefined && { lastEndedAt: new Date(endedAt) }) }
    },

    async running({ id, account, region, name }) {
      const { rows } = await sql<{ readonly digest: Digest }>`
        with recursive used (digest) as (
          select digest from image_uses
          where account_id = ${account} and region = ${region} and repository = ${name}
          union
          select images.digest from used
          join image_children on image_children.repository_id = ${id} and child_digest = used.digest
          join images on images.id = image_children.image_id
        )
        select digest from used
      `.execute(db)
      return rows.map(({ digest }) => digest)
    },
  }
}

/** Has a task use the images of its containers from now on, and no others; none once it is stopped. */
export async function noteImageUses(tx: Kysely<Schema>, task: Task): Promise<void> {
  const arn = taskArn(task)
  const known = await tx.selectFrom('image_uses').selectAll().where('task', '=', arn).execute()
  const wanted = task.status === 'STOPPED' ? [] : task.containers.flatMap((one) => toRow(one, arn))
  for (const row of known) {
    if (!wanted.some((other) => isSame(row, other))) await endUse(tx, row, task.stoppedAt ?? task.createdAt)
  }
  const begun = wanted.filter((row) => !known.some((other) => isSame(row, other)))
  if (begun.length === 0) return
  await tx
    .insertInto('image_uses')
    .values(begun)
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}

function toRow({ ownImage }: TaskContainer, task: string): ImageUseTable[] {
  if (ownImage === undefined) return []
  const { account, region, name } = ownImage.repository
  return [{ account_id: account, region, repository: name, digest: ownImage.digest, task }]
}

function isSame(one: ImageUseTable, other: ImageUseTable): boolean {
  const columns = ['account_id', 'region', 'repository', 'digest'] as const
  return columns.every((column) => one[column] === other[column])
}

/** Notes when the image, and each that it lists, was last run. */
async function endUse(tx: Kysely<Schema>, use: ImageUseTable, at: number): Promise<void> {
  const { account_id, region, repository, digest, task } = use
  await tx
    .deleteFrom('image_uses')
    .where('account_id', '=', account_id)
    .where('region', '=', region)
    .where('repository', '=', repository)
    .where('digest', '=', digest)
    .where('task', '=', task)
    .execute()
  const of = tx
    .selectFrom('repositories')
    .select('repositories.id')
    .where('account_id', '=', account_id)
    .where('region', '=', region)
    .where('name', '=', repository)
  const children = tx
    .selectFrom('images')
    .innerJoin('image_children', 'image_children.image_id', 'images.id')
    .select('child_digest')
    .where('images.repository_id', 'in', of)
    .where('images.digest', '=', digest)
  await tx
    .updateTable('images')
    .set({ last_used_at: at })
    .where('repository_id', 'in', of)
    .where((eb) => eb.or([eb('digest', '=', digest), eb('digest', 'in', children)]))
    .execute()
}
