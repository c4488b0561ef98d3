import type { Shell } from './shell.ts'

/** @see PowerShell documentation, about_Quoting_Rules: within single quotes a single quote is doubled */
export const powershell: Shell = {
  export: (name, value) => `$env:${name} = '${value.replaceAll("'", "''")}';`,
  unset: (name) => `Remove-Item Env:${name} -ErrorAction SilentlyContinue;`,
  wrapAws:
    'function aws { & (Get-Command aws -CommandType Application | Select-Object -First 1) --endpoint-url $env:AWS_ENDPOINT_URL @args };',
}
