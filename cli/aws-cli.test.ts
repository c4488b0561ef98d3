import { expect, test } from 'vitest'
import { passesEndpointVariableBy } from './aws-cli.ts'

test.each([
  ['aws-cli/2.9.19 Python/3.11.2 Linux/6.1.0 source/x86_64.debian.12', 'any service'],
  ['aws-cli/2.12.7 Python/3.11.4', 'any service'],
  ['aws-cli/2.13.0 Python/3.11.4', undefined],
  ['aws-cli/2.31.5 Python/3.13.7', undefined],
  ['aws-cli/3.0.0 Python/3.14.0', undefined],
  ['aws-cli/1.28.9 Python/3.11.4', 'any service'],
  ['aws-cli/1.29.0 Python/3.11.4', 'SQS'],
  ['aws-cli/1.45.11 Python/3.11.7', 'SQS'],
  ['something else', undefined],
  ['', undefined],
])('%j passes AWS_ENDPOINT_URL by for: %s', (version, services) => {
  expect(passesEndpointVariableBy(version)).toBe(services)
})
