import type { Shell } from './shell.ts'

/** @see fish documentation, "The fish language", Quotes: within single quotes only `\'` and `\\` are escapes */
export const fish: Shell = {
  export: (name, value) => `set -gx ${name} '${value.replaceAll(/[\\']/g, '\\$&')}';`,
  unset: (name) => `set -e ${name};`,
  wrapAws: 'function aws; command aws --endpoint-url $AWS_ENDPOINT_URL $argv; end;',
}
