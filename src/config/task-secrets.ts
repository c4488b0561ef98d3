import { readFile } from 'node:fs/promises'
import { z } from 'zod'
import type { SecretSource } from '../core/ecs/secret-source.ts'
import type { AccountId } from '../core/names/account-id.ts'
import { isInlineJson } from './inline-json.ts'

const secrets = z.record(z.string(), z.unknown())

/** Six characters that Secrets Manager puts behind a name. */
const suffix = /-[A-Za-z0-9]{6}$/

/** The file of secrets can't be read, or is none; its text stays unsaid. */
export class TaskSecretsError extends Error {
  override readonly name = 'TaskSecretsError'
  constructor() {
    super('The secrets for tasks (--task-secrets) are no JSON object, or their file cannot be read')
  }
}

/**
 * Finds what AWS keeps in Secrets Manager and in Systems Manager's parameters: in `source`, which is a JSON object or the path of a file
 * that holds one, read each time. A key there is an ARN, or a name, which is one of account `own`; a secret's may leave out the characters
 * that Secrets Manager puts behind a name. A value that is no text is given as JSON.
 *
 * @throws TaskSecretsError
 */
export function taskSecrets(source: string | undefined, own: AccountId) {
  return async (wanted: SecretSource): Promise<string | undefined> => {
    const known = source === undefined ? {} : await readSecrets(source)
    const key = namesOf(wanted, own).find((name) => Object.hasOwn(known, name))
    const value = key === undefined ? undefined : known[key]
    return value === undefined || typeof value === 'string' ? value : JSON.stringify(value)
  }
}

/** Nobody gets another account's secret by knowing its name. */
function namesOf({ arn, name, registry, service }: SecretSource, own: AccountId): string[] {
  const all = registry.account === own ? [arn, name] : [arn]
  return service === 'secretsmanager' ? all.flatMap((one) => [one, one.replace(suffix, '')]) : all
}

async function readSecrets(source: string): Promise<Readonly<Record<string, unknown>>> {
  try {
    return secrets.parse(JSON.parse(isInlineJson(source) ? source : await readFile(source, 'utf8')))
  } catch {
    throw new TaskSecretsError()
  }
}
