import { expect, test } from 'vitest'
import { readsEndpointVariable } from './aws-cli.ts'

test.each([
  ['aws-cli/2.9.19 Python/3.11.2 Linux/6.1.0 source/x86_64.debian.12', false],
  ['aws-cli/2.12.7 Python/3.11.4', false],
  ['aws-cli/2.13.0 Python/3.11.4', true],
  ['aws-cli/2.31.5 Python/3.13.7', true],
  ['aws-cli/3.0.0 Python/3.14.0', true],
  ['aws-cli/1.28.9 Python/3.11.4', false],
  ['aws-cli/1.29.0 Python/3.11.4', true],
  ['aws-cli/1.45.11 Python/3.11.7', true],
  ['something else', true],
  ['', true],
])('%j reads AWS_ENDPOINT_URL: %s', (version, reads) => {
  expect(readsEndpointVariable(version)).toBe(reads)
})
