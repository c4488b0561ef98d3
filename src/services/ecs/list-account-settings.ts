import type { ListAccountSettingsRequest, ListAccountSettingsResponse } from '@aws-sdk/client-ecs'
import { usualSettings } from '../../core/ecs/account-settings.ts'
import { EcsInvalidParameterError } from '../../core/ecs/errors.ts'
import { namePosition } from '../next-token.ts'
import { readPage } from '../page.ts'
import { rootArn, settingShape, settingsOwner } from './account-settings.ts'
import type { EcsAction } from './ecs-action.ts'
import { onNothing } from './permissions.ts'

const mostSettings = 10

/** What a principal has said of settings, or what holds for it, by name. @see Amazon ECS API reference, ListAccountSettings */
export const listAccountSettings: EcsAction<ListAccountSettingsRequest, ListAccountSettingsResponse> = {
  operation: 'ListAccountSettings',
  permissions: onNothing('ecs:ListAccountSettings'),
  async run(input, call, { registry: { metadata } }) {
    const { name, value, effectiveSettings = false, maxResults = mostSettings } = input
    if (maxResults < 1 || maxResults > mostSettings) {
      throw new EcsInvalidParameterError(`maxResults must be between 1 and ${mostSettings}.`)
    }
    if (value !== undefined && name === undefined) {
      throw new EcsInvalidParameterError('A setting name must be specified with a value.')
    }
    const owner = settingsOwner(input, call)
    const after = namePosition(call.pages) ?? ''
    const own = await metadata.ecsAccountSettings.of(call.registry, owner)
    const ofAll = await metadata.ecsAccountSettings.of(call.registry, rootArn(call.registry.account))
    const all = effectiveSettings ? new Map([...usualSettings, ...ofAll, ...own]) : own
    const wanted = [...all]
      .filter(([one]) => one > after && (name === undefined || one === name))
      .filter(([, one]) => value === undefined || one === value)
      .toSorted(([one], [other]) => (one < other ? -1 : 1))
    const { rows, nextToken } = await readPage(call, {
      size: maxResults,
      read: async (limit) => wanted.slice(0, limit),
      positionOf: ([one]) => one,
    })
    const settings = rows.map(([one, holds]) => settingShape(one, holds, owner))
    return { settings, ...(nextToken !== undefined && { nextToken }) }
  },
}
