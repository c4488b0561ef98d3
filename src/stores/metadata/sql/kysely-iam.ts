import type { Kysely } from 'kysely'
import type { IamReader, IamWriter } from '../iam.ts'
import type { Schema } from '../schema.ts'
import { iamEntityReader, iamEntityWriter } from './kysely-iam-entities.ts'
import { iamGrantReader, iamGrantWriter } from './kysely-iam-grants.ts'
import { iamKeyReader, iamKeyWriter } from './kysely-iam-keys.ts'
import { iamPolicyReader, iamPolicyWriter } from './kysely-iam-policies.ts'
import type { SqlDialect } from './sql-dialect.ts'

export function iamReader(db: Kysely<Schema>, dialect: SqlDialect): IamReader {
  return {
    ...iamEntityReader(db, dialect),
    ...iamKeyReader(db),
    ...iamGrantReader(db),
    ...iamPolicyReader(db),
  }
}

export function iamWriter(tx: Kysely<Schema>): IamWriter {
  return { ...iamEntityWriter(tx), ...iamKeyWriter(tx), ...iamGrantWriter(tx), ...iamPolicyWriter(tx) }
}
