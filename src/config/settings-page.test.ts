import { expect, test } from 'vitest'
import { settingsPage } from './settings-page.ts'

test('docs/configuration.md explains the settings there are (vitest -u writes it anew)', async () => {
  await expect(settingsPage()).toMatchFileSnapshot('../../docs/configuration.md')
})
