import { expect, test } from 'vitest'
import { allSettings } from './all-settings.ts'
import { settings } from './settings.ts'

/** The default depends on whether there is a certificate. */
const inWords = ['tlsPort']

const numbers = Object.entries(settings.parse({})).filter(([, value]) => typeof value === 'number')

test.each(numbers.filter(([key]) => !inWords.includes(key)))(
  'the default of %s is taken as help tells it',
  (key, value) => {
    const { byDefault } = allSettings.find((setting) => setting.key === key) ?? {}
    expect(settings.parse({ [key]: byDefault })).toHaveProperty(key, value)
  },
)
