import type { Target } from '@aws-sdk/client-eventbridge'
import type { EventTarget } from '../../core/events/target.ts'

/** A target as it was given. */
export function targetShape({
  HttpParameters: http,
  InputTransformer: transformer,
  ...target
}: EventTarget): Target {
  return {
    ...target,
    ...(transformer && { InputTransformer: { ...transformer } }),
    ...(http && { HttpParameters: { ...http, PathParameterValues: [...(http.PathParameterValues ?? [])] } }),
  }
}
