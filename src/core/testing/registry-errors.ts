import * as generalErrors from '../errors.ts'
import * as imageErrors from '../images/errors.ts'
import * as layerErrors from '../images/layer-errors.ts'
import * as uploadErrors from '../images/upload-errors.ts'
import * as lifecycleErrors from '../lifecycle/errors.ts'
import * as policyErrors from '../policies/errors.ts'
import * as pullThroughErrors from '../pull-through/errors.ts'
import * as repositoryErrors from '../repositories/errors.ts'
import * as scanningErrors from '../scanning/errors.ts'
import * as signingErrors from '../signing/errors.ts'

/** The names of all errors of the registry, which both doors tell their clients of. */
export const registryErrorNames: readonly string[] = Object.keys({
  ...generalErrors,
  ...imageErrors,
  ...layerErrors,
  ...uploadErrors,
  ...lifecycleErrors,
  ...policyErrors,
  ...pullThroughErrors,
  ...repositoryErrors,
  ...scanningErrors,
  ...signingErrors,
})
