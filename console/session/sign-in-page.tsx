import Alert from '@cloudscape-design/components/alert'
import Box from '@cloudscape-design/components/box'
import Button from '@cloudscape-design/components/button'
import Container from '@cloudscape-design/components/container'
import Form from '@cloudscape-design/components/form'
import FormField from '@cloudscape-design/components/form-field'
import Header from '@cloudscape-design/components/header'
import Input from '@cloudscape-design/components/input'
import SpaceBetween from '@cloudscape-design/components/space-between'
import { type FormEvent, type ReactNode, useCallback, useEffect, useState } from 'react'
import { callBerth } from '../api/call-berth.ts'
import { explainError } from '../api/explain-error.ts'
import { redeemTicket, ticketOf } from './redeem-ticket.ts'
import { regionOfLink } from './regions.ts'
import type { Session } from './session.ts'

/** Asks for an access key, or takes the ticket of a link; neither the secret nor anything of it is sent. */
export function SignInPage({ onSignedIn }: { readonly onSignedIn: (session: Session) => void }): ReactNode {
  const [key, setKey] = useState('')
  const [secret, setSecret] = useState('')
  const [token, setToken] = useState('')
  const [region, setRegion] = useState(regionOfLink(location.search) ?? 'us-east-1')
  const [error, setError] = useState<unknown>()
  const [isBusy, setBusy] = useState(false)

  const attempt = useCallback(
    async (begin: () => Promise<Session>) => {
      setBusy(true)
      setError(undefined)
      try {
        onSignedIn(await begin())
      } catch (failure) {
        setError(failure)
        setBusy(false)
      }
    },
    [onSignedIn],
  )

  useEffect(() => {
    const ticket = ticketOf(location.hash)
    if (ticket === undefined) return
    // Gone from the address, so that neither a bookmark nor the history keeps it.
    history.replaceState(null, '', location.pathname + location.search)
    void attempt(() => redeemTicket(ticket))
  }, [attempt])

  const submit = (event: FormEvent) => {
    event.preventDefault()
    const session = {
      accessKeyId: key.trim(),
      secretAccessKey: secret.trim(),
      ...(token.trim() && { sessionToken: token.trim() }),
      region: region.trim(),
    }
    void attempt(async () => {
      await proveKey(session)
      return session
    })
  }

  return (
    <main className="sign-in">
      <form onSubmit={submit}>
        <Form
          actions={
            <Button variant="primary" loading={isBusy} formAction="submit">
              Sign in
            </Button>
          }
        >
          <Container
            header={
              <Header variant="h1" description="Amazon ECR that anyone can run">
                Sign in to Berth
              </Header>
            }
          >
            <SpaceBetween size="l">
              {error !== undefined && (
                <Alert type="error" header="That didn’t work">
                  {explainError(error)}
                </Alert>
              )}
              <FormField
                label="Access key ID"
                description="Berth prints one when it starts; `berth env` shows it again."
              >
                <Input
                  value={key}
                  onChange={({ detail }) => setKey(detail.value)}
                  autoComplete="username"
                  spellcheck={false}
                  autoFocus
                />
              </FormField>
              <FormField
                label="Secret access key"
                constraintText="Stays in this tab: requests are signed here, and the secret is never sent."
              >
                <Input
                  value={secret}
                  onChange={({ detail }) => setSecret(detail.value)}
                  type="password"
                  autoComplete="current-password"
                />
              </FormField>
              <FormField
                label={
                  <span>
                    Session token <i>- optional</i>
                  </span>
                }
                description="Of temporary credentials."
              >
                <Input
                  value={token}
                  onChange={({ detail }) => setToken(detail.value)}
                  type="password"
                  autoComplete="off"
                />
              </FormField>
              <FormField label="Region">
                <Input value={region} onChange={({ detail }) => setRegion(detail.value)} spellcheck={false} />
              </FormField>
              <Box color="text-body-secondary">
                Quicker: <Box variant="code">npx berth console</Box> in Berth’s folder prints a link that
                signs you in.
              </Box>
            </SpaceBetween>
          </Container>
        </Form>
      </form>
    </main>
  )
}

/** Whoever may not ask what runs here has shown a good key by being told so. */
async function proveKey(session: Session): Promise<void> {
  try {
    await callBerth(session, 'DescribeServer', {})
  } catch (error) {
    if (!(error instanceof Error && error.name === 'AccessDeniedException')) throw error
  }
}
