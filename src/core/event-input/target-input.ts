import type { EventTarget } from '../events/target.ts'
import { parseJsonPath, valueAt } from './json-path.ts'
import { fillTemplate, type TemplateContext } from './template.ts'

/**
 * What a target gets of an event: all of it unless the target says otherwise. Undefined where nothing is to be sent: the event has
 * nothing at the target's path, or its template comes to no JSON.
 */
export function targetInput(
  { Input: constant, InputPath: path, InputTransformer: transformer }: EventTarget,
  context: TemplateContext,
): string | undefined {
  if (constant !== undefined) return constant
  if (transformer !== undefined) {
    return fillTemplate(transformer.InputTemplate, transformer.InputPathsMap ?? {}, context)
  }
  if (path === undefined) return JSON.stringify(context.event)
  const steps = parseJsonPath(path)
  const value = steps && valueAt(steps, context.event)
  return value === undefined ? undefined : JSON.stringify(value)
}
