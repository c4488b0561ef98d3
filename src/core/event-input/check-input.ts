import type { EventTarget } from '../events/target.ts'
import { parseJsonPath } from './json-path.ts'
import { unknownPlaceholder } from './template.ts'

const variable = /^[A-Za-z0-9_-]+$/
const mostVariables = 100

/** What is wrong with how a target wants its input, in EventBridge's words; undefined when nothing is. */
export function mistakeInInput(target: EventTarget): string | undefined {
  const { Id: id, Input: constant, InputPath: path, InputTransformer: transformer } = target
  const given = [constant, path, transformer].filter((each) => each !== undefined)
  if (given.length > 1) {
    return `Only one of Input, InputPath, or InputTransformer must be provided for target ${id}.`
  }
  if (constant !== undefined && !isJson(constant)) return `Input for target ${id} must be valid JSON text.`
  if (path !== undefined && parseJsonPath(path) === undefined) return `InputPath for target ${id} is invalid.`
  if (transformer === undefined) return undefined
  const { InputPathsMap: paths = {}, InputTemplate: template } = transformer
  if (Object.keys(paths).length > mostVariables) return `InputPathsMap for target ${id} has too many entries.`
  for (const [name, each] of Object.entries(paths)) {
    const isValid = variable.test(name) && !/^aws/i.test(name) && parseJsonPath(each) !== undefined
    if (!isValid) return `InputPathsMap for target ${id} contains invalid path ${name}.`
  }
  const unknown = unknownPlaceholder(template, paths)
  return unknown && `InputTemplate for target ${id} contains invalid placeholder <${unknown}>.`
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}
