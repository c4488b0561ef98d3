import { chromium, type Page } from 'playwright-core'
import { installationsOf } from './installed-programs.ts'

/** A browser with one window, and all that went wrong in it: refused by its policy, thrown by a script, asked of another server. */
export interface OpenBrowser extends AsyncDisposable {
  readonly page: Page
  readonly troubles: readonly string[]
}

/** Opens Debian's Chromium without a screen. Pages get 40 s for what they show. */
export async function openBrowser(origin: string): Promise<OpenBrowser> {
  const [executablePath = 'chromium'] = installationsOf('chromium')
  const browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-dev-shm-usage'] })
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 } })
  page.setDefaultTimeout(40_000)
  const troubles: string[] = []
  page.on('pageerror', ({ message }) => troubles.push(message))
  page.on('console', (message) => {
    if (message.text().includes('Content Security Policy')) troubles.push(message.text())
  })
  page.on('request', (request) => {
    const url = request.url()
    if (!url.startsWith(`${origin}/`) && !url.startsWith('data:')) troubles.push(url)
  })
  return { page, troubles, [Symbol.asyncDispose]: () => browser.close() }
}
