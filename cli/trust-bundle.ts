import { readFileSync } from 'node:fs'
import { getCACertificates, setDefaultCACertificates } from 'node:tls'
import { CliError } from './cli-error.ts'

/** Has this process believe the CAs in a file as well, as AWS_CA_BUNDLE asks of AWS's clients. @throws CliError when it can't be read */
export function trustBundle(file: string): void {
  setDefaultCACertificates([...getCACertificates('default'), readBundle(file)])
}

function readBundle(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    throw new CliError(
      `The CAs in ${file} can't be read`,
      'Set AWS_CA_BUNDLE anew with `eval "$(berth env)"`.',
    )
  }
}
