import type { Kysely, Selectable } from 'kysely'
import type { KeptMail, MailboxReader, MailboxWriter } from '../mailbox.ts'
import type { MailboxTable } from '../schema/events.ts'
import type { Schema } from '../schema.ts'

export function mailboxReader(db: Kysely<Schema>): MailboxReader {
  return {
    async find(id) {
      const row = await db.selectFrom('mailbox').selectAll().where('id', '=', id).executeTakeFirst()
      return row && toMail(row)
    },

    async list({ before = Number.MAX_SAFE_INTEGER, limit }) {
      const rows = await db
        .selectFrom('mailbox')
        .selectAll()
        .where('id', '<', before)
        .orderBy('id', 'desc')
        .limit(limit)
        .execute()
      return rows.map(toMail)
    },
  }
}

function toMail({ id, sent_at, content }: Selectable<MailboxTable>): KeptMail {
  return { ...JSON.parse(content), id, at: new Date(sent_at) }
}

export function mailboxWriter(tx: Kysely<Schema>): MailboxWriter {
  return {
    async add({ at, ...content }) {
      await tx
        .insertInto('mailbox')
        .values({ sent_at: at.getTime(), content: JSON.stringify(content) })
        .execute()
    },

    async trim(keep) {
      const first = tx
        .selectFrom('mailbox')
        .select('id')
        .orderBy('id', 'desc')
        .offset(keep - 1)
        .limit(1)
      await tx.deleteFrom('mailbox').where('id', '<', first).execute()
    },
  }
}
