import { expect, test } from 'vitest'
import { registryErrorNames } from '../../core/testing/registry-errors.ts'
import model from '../../protocols/aws/models/ecr.json' with { type: 'json' }
import { ecrFaults } from './faults.ts'

/** Errors that never reach ECR's JSON API. */
const elsewhere = [
  'DomainError',
  // The AWS front end has a name for it in every protocol.
  'AccessDeniedError',
  'RateExceededError',
  // Only a row of failures[].
  'ImageReferencedByManifestListError',
  'PullRefusedByGateError',
  // Deleting a blob by itself is the OCI door's alone.
  'LayerReferencedByImageError',
  // Conditional requests are HTTP's, and so the OCI door's.
  'ReferenceChangedError',
  // The body of a JSON request is read before any action runs.
  'BodyCutShortError',
  // What Berth offers beyond ECR has names for them.
  'SigningKeyAlreadyExistsError',
  'SigningKeyNotFoundError',
  // Its own action turns it into InvalidLayerPartError.
  'UploadOutOfOrderError',
]

test('every error of the domain has a name on the wire', () => {
  const unnamed = registryErrorNames.filter((name) => !(name in ecrFaults) && !elsewhere.includes(name))
  expect(unnamed).toEqual([])
})

test('every name on the wire is an exception of the service model', () => {
  const exceptions = Object.entries(model.shapes).flatMap(([name, shape]) =>
    'exception' in shape ? [name] : [],
  )
  expect(exceptions).toEqual(expect.arrayContaining(Object.values(ecrFaults)))
})
