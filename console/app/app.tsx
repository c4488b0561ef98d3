import { I18nProvider } from '@cloudscape-design/components/i18n'
import words from '@cloudscape-design/components/i18n/messages/all.en.json'
import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { type ReactNode, useState } from 'react'
import { Router } from 'wouter'
import { SessionProvider } from '../session/session-context.tsx'
import { SignInPage } from '../session/sign-in-page.tsx'
import { Frame } from './frame.tsx'
import { NoticesProvider } from './notices.tsx'

/** The whole console: the sign-in, or the pages for who is signed in. */
export function App(): ReactNode {
  const [queries] = useState(
    () => new QueryClient({ defaultOptions: { queries: { retry: false, staleTime: 5_000 } } }),
  )
  return (
    <I18nProvider locale="en" messages={[words]}>
      <QueryClientProvider client={queries}>
        <SessionProvider signIn={(begin) => <SignInPage onSignedIn={begin} />}>
          <Router base="/console">
            <NoticesProvider>
              <Frame />
            </NoticesProvider>
          </Router>
        </SessionProvider>
      </QueryClientProvider>
    </I18nProvider>
  )
}
