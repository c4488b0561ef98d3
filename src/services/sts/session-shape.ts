import type { TemporaryCredentials } from '../../access/iam/begin-session.ts'

/** Temporary credentials as STS's answers have them. */
export function credentialsShape(credentials: TemporaryCredentials) {
  return {
    AccessKeyId: credentials.accessKeyId,
    SecretAccessKey: credentials.secretAccessKey,
    SessionToken: credentials.sessionToken,
    Expiration: credentials.expiresAt,
  }
}
