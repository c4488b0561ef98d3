import { applyMode, Mode } from '@cloudscape-design/global-styles'

export type Theme = 'light' | 'dark'

const place = 'berth.theme'

/** What was chosen here before, or what the system prefers. */
export function preferredTheme(storage: Storage, systemIsDark: boolean): Theme {
  const chosen = storage.getItem(place)
  if (chosen === 'light' || chosen === 'dark') return chosen
  return systemIsDark ? 'dark' : 'light'
}

export function applyTheme(theme: Theme): void {
  applyMode(theme === 'dark' ? Mode.Dark : Mode.Light)
}

/** Changes the theme for good. */
export function chooseTheme(storage: Storage, theme: Theme): void {
  storage.setItem(place, theme)
  applyTheme(theme)
}
