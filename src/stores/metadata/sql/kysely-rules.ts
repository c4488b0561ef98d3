import type { Insertable, Kysely, Selectable } from 'kysely'
import type { BusKey, EventBus, Rule, RuleKey } from '../../../core/events/rule.ts'
import type { EventTarget } from '../../../core/events/target.ts'
import type { RegistryKey } from '../../../core/names/registry-key.ts'
import type { RuleReader, RuleWithTargets, RuleWriter } from '../rules.ts'
import type { EventBusTable, EventRuleTable } from '../schema/events.ts'
import type { Schema } from '../schema.ts'
import { inPage } from './in-page.ts'

export function ruleReader(db: Kysely<Schema>): RuleReader {
  return {
    async bus(key) {
      const row = await selectBuses(db, key).where('name', '=', key.name).executeTakeFirst()
      return row && toBus(row)
    },

    async buses(registry, page) {
      const rows = await selectBuses(db, registry)
        .where(inPage(page))
        .orderBy('name')
        .limit(page.limit)
        .execute()
      return rows.map(toBus)
    },

    async find(key) {
      const row = await selectRules(db, busOf(key)).where('name', '=', key.name).executeTakeFirst()
      return row && toRule(row)
    },

    async list(bus, page) {
      const rows = await selectRules(db, bus).where(inPage(page)).orderBy('name').limit(page.limit).execute()
      return rows.map(toRule)
    },

    async countOf(bus) {
      const { count } = await db
        .selectFrom('event_rules')
        .select(({ fn }) => fn.countAll<number>().as('count'))
        .where('account_id', '=', bus.account)
        .where('region', '=', bus.region)
        .where('bus', '=', bus.name)
        .executeTakeFirstOrThrow()
      return count
    },

    async targets(key) {
      const rows = await selectTargets(db, busOf(key)).where('rule', '=', key.name).execute()
      return rows.map(({ target }) => JSON.parse(target))
    },

    async namesByTarget(bus, arn, { after, limit }) {
      const query = db
        .selectFrom('event_targets')
        .select('rule')
        .distinct()
        .where('account_id', '=', bus.account)
        .where('region', '=', bus.region)
        .where('bus', '=', bus.name)
        .where('arn', '=', arn)
        .orderBy('rule')
        .limit(limit)
      const rows = await (after === undefined ? query : query.where('rule', '>', after)).execute()
      return rows.map(({ rule }) => rule)
    },

    enabled: (bus) => enabledRules(db, bus),
  }
}

export function ruleWriter(tx: Kysely<Schema>): RuleWriter {
  return {
    async putBus(bus) {
      const row = toBusRow(bus)
      await tx
        .insertInto('event_buses')
        .values(row)
        .onConflict((conflict) => conflict.columns(['account_id', 'region', 'name']).doUpdateSet(row))
        .execute()
    },

    async deleteBus({ account, region, name }) {
      await tx
        .deleteFrom('event_buses')
        .where('account_id', '=', account)
        .where('region', '=', region)
        .where('name', '=', name)
        .execute()
    },

    async put(rule) {
      const row = toRuleRow(rule)
      await tx
        .insertInto('event_rules')
        .values(row)
        .onConflict((conflict) => conflict.columns(['account_id', 'region', 'bus', 'name']).doUpdateSet(row))
        .execute()
    },

    async delete({ account, region, bus, name }) {
      await tx
        .deleteFrom('event_rules')
        .where('account_id', '=', account)
        .where('region', '=', region)
        .where('bus', '=', bus)
        .where('name', '=', name)
        .execute()
    },

    async putTargets(key, targets) {
      for (const target of targets) {
        const row = toTargetRow(key, target)
        await tx
          .insertInto('event_targets')
          .values(row)
          .onConflict((conflict) =>
            conflict.columns(['account_id', 'region', 'bus', 'rule', 'id']).doUpdateSet(row),
          )
          .execute()
      }
    },

    async removeTargets({ account, region, bus, name }, ids) {
      if (ids.length === 0) return
      await tx
        .deleteFrom('event_targets')
        .where('account_id', '=', account)
        .where('region', '=', region)
        .where('bus', '=', bus)
        .where('rule', '=', name)
        .where('id', 'in', ids)
        .execute()
    },
  }
}

async function enabledRules(db: Kysely<Schema>, bus: BusKey): Promise<RuleWithTargets[]> {
  const rules = await selectRules(db, bus)
    .where('state', '!=', 'DISABLED')
    .where('pattern', 'is not', null)
    .orderBy('name')
    .execute()
  if (rules.length === 0) return []
  const targets = Map.groupBy(await selectTargets(db, bus).execute(), ({ rule }) => rule)
  return rules.map((row) => ({
    rule: toRule(row),
    targets: (targets.get(row.name) ?? []).map(({ target }) => JSON.parse(target)),
  }))
}

function busOf({ account, region, bus }: RuleKey): BusKey {
  return { account, region, name: bus }
}

function selectBuses(db: Kysely<Schema>, { account, region }: RegistryKey) {
  return db
    .selectFrom('event_buses')
    .selectAll()
    .where('account_id', '=', account)
    .where('region', '=', region)
}

function selectRules(db: Kysely<Schema>, { account, region, name }: BusKey) {
  return db
    .selectFrom('event_rules')
    .selectAll()
    .where('account_id', '=', account)
    .where('region', '=', region)
    .where('bus', '=', name)
}

function selectTargets(db: Kysely<Schema>, { account, region, name }: BusKey) {
  return db
    .selectFrom('event_targets')
    .select(['rule', 'target'])
    .where('account_id', '=', account)
    .where('region', '=', region)
    .where('bus', '=', name)
    .orderBy('rule')
    .orderBy('id')
}

function toBus(row: Selectable<EventBusTable>): EventBus {
  return {
    account: row.account_id,
    region: row.region,
    name: row.name,
    ...(row.description !== null && { description: row.description }),
    ...(row.policy !== null && { policy: row.policy }),
    createdAt: new Date(row.created_at),
    changedAt: new Date(row.changed_at),
  }
}

function toBusRow(bus: EventBus): Insertable<EventBusTable> {
  return {
    account_id: bus.account,
    region: bus.region,
    name: bus.name,
    description: bus.description ?? null,
    policy: bus.policy ?? null,
    created_at: bus.createdAt.getTime(),
    changed_at: bus.changedAt.getTime(),
  }
}

function toRule(row: Selectable<EventRuleTable>): Rule {
  return {
    account: row.account_id,
    region: row.region,
    bus: row.bus,
    name: row.name,
    ...(row.pattern !== null && { pattern: row.pattern }),
    ...(row.schedule !== null && { schedule: row.schedule }),
    state: row.state,
    ...(row.description !== null && { description: row.description }),
    ...(row.role_arn !== null && { roleArn: row.role_arn }),
    createdBy: row.created_by,
    createdAt: new Date(row.created_at),
  }
}

function toRuleRow(rule: Rule): Insertable<EventRuleTable> {
  return {
    account_id: rule.account,
    region: rule.region,
    bus: rule.bus,
    name: rule.name,
    pattern: rule.pattern ?? null,
    schedule: rule.schedule ?? null,
    state: rule.state,
    description: rule.description ?? null,
    role_arn: rule.roleArn ?? null,
    created_by: rule.createdBy,
    created_at: rule.createdAt.getTime(),
  }
}

function toTargetRow({ account, region, bus, name }: RuleKey, target: EventTarget) {
  const { Id: id, Arn: arn } = target
  return { account_id: account, region, bus, rule: name, id, arn, target: JSON.stringify(target) }
}
