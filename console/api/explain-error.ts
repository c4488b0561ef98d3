/** What to do about faults that tell it by themselves to nobody who is new here. */
const nextSteps: Readonly<Record<string, string>> = {
  UnrecognizedClientException: 'No such access key here. `berth env` prints the one of this Berth.',
  InvalidClientTokenId: 'No such access key here. `berth env` prints the one of this Berth.',
  InvalidSignatureException: 'The secret doesn’t fit the access key. Was it copied whole?',
  ExpiredTokenException: 'Sign out and in again: these credentials have ended.',
  AccessDeniedException: 'Ask whoever keeps this account’s policies, or sign in as somebody else.',
  TypeError: 'Berth doesn’t answer. Does it run still?',
}

/** The fault's name and words, as AWS's clients show them, and what to do next where that is known. */
export function explainError(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  const said =
    error.name === 'Error' || error.name === 'TypeError' ? error.message : `${error.name}: ${error.message}`
  const next = nextSteps[error.name]
  return next === undefined ? said : `${said.replace(/\.?$/, '.')} ${next}`
}
