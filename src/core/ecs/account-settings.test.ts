import { expect, test } from 'vitest'
import { checkAccountSetting, usualSettings } from './account-settings.ts'

test('a setting may be put to what it is, and to nothing else', () => {
  for (const [name, value] of usualSettings) {
    expect(() => checkAccountSetting(name, value)).not.toThrow()
    expect(() => checkAccountSetting(name, `${value}!`)).toThrow(
      `The setting '${name}' is '${value}' alone. `,
    )
  }
  expect(() => checkAccountSetting('containerInsights', 'enabled')).toThrow('Container Insights')
})

test.each(['', 'unheardOf', 'toString'])('%j is no setting', (name) => {
  expect(() => checkAccountSetting(name, 'enabled')).toThrow(`The setting '${name}' is not one of ECS.`)
})
