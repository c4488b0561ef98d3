import type { Shell } from './shell.ts'

/** bash, zsh, dash and others of POSIX's kind. */
export const bash: Shell = {
  export: (name, value) => `export ${name}=${quote(value)};`,
  unset: (name) => `unset ${name};`,
  wrapAws: 'aws() { command aws --endpoint-url "$AWS_ENDPOINT_URL" "$@"; };',
}

/**
 * One word of a command line, quoted when it has to be.
 *
 * @see POSIX.1-2024, Shell Command Language, 2.2.2 "Single-Quotes"
 */
export function quote(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`
}
