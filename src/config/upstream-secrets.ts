import { readFile } from 'node:fs/promises'
import { z } from 'zod'
import {
  SecretNotFoundError,
  UnableToAccessSecretError,
  UnableToDecryptSecretValueError,
} from '../core/pull-through/errors.ts'
import { isInlineJson } from './inline-json.ts'

const secret = z.object({ username: z.string().min(1), accessToken: z.string().min(1) })
const secrets = z.record(z.string(), z.unknown())

/** Six characters that Secrets Manager puts behind a name. */
const suffix = /-[A-Za-z0-9]{6}$/

/**
 * Finds what AWS keeps in Secrets Manager, by the ARN of a secret: in `source`, which is a JSON object or the path of a file that
 * holds one. A key there is the ARN, or the name of the secret, with or without the characters that Secrets Manager puts behind it.
 *
 * @see Amazon ECR user guide, "Storing your upstream repository credentials in an AWS Secrets Manager secret"
 */
export function upstreamSecrets(
  source: string | undefined,
): (arn: string) => Promise<{ readonly username: string; readonly password: string }> {
  return async (arn) => {
    if (source === undefined) throw new SecretNotFoundError()
    const known = await readSecrets(source)
    const key = namesOf(arn).find((name) => Object.hasOwn(known, name))
    if (key === undefined) throw new SecretNotFoundError()
    const { success, data } = secret.safeParse(known[key])
    if (!success) throw new UnableToDecryptSecretValueError()
    return { username: data.username, password: data.accessToken }
  }
}

function namesOf(arn: string): string[] {
  const name = arn.split(':').slice(6).join(':')
  return [arn, name, name.replace(suffix, '')]
}

/** The parser's own words could quote what is in there. */
async function readSecrets(source: string): Promise<Readonly<Record<string, unknown>>> {
  const text = isInlineJson(source) ? source : await readText(source)
  try {
    return secrets.parse(JSON.parse(text))
  } catch {
    throw new UnableToAccessSecretError()
  }
}

async function readText(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8')
  } catch (cause) {
    throw new UnableToAccessSecretError({ cause })
  }
}
