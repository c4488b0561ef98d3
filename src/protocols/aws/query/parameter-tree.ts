import type { Parameter } from '../query-string.ts'
import { RefusalError } from '../refusal.ts'

/** Query parameters by the parts of their dotted names: `Tags.member.1.Key=k` is a leaf four levels down. */
export interface ParameterTree {
  readonly value: string | undefined
  readonly children: ReadonlyMap<string, ParameterTree>
}

const deepest = 32
const mostParameters = 10_000

interface Branch {
  value: string | undefined
  readonly children: Map<string, Branch>
}

/**
 * Groups parameters by their names' parts.
 *
 * @throws RefusalError malformed-input for a name given twice, and beyond the limits on depth and number
 */
export function growTree(parameters: readonly Parameter[]): ParameterTree {
  if (parameters.length > mostParameters) throw malformed(`At most ${mostParameters} parameters are accepted`)
  const root = newBranch()
  for (const [name, value] of parameters) {
    const branch = branchAt(root, name)
    if (branch.value !== undefined) throw malformed(`The parameter ${name} is given more than once`)
    branch.value = value
  }
  return root
}

function branchAt(root: Branch, name: string): Branch {
  const parts = name.split('.', deepest + 1)
  if (parts.length > deepest) throw malformed('A parameter is nested too deeply')
  return parts.reduce((branch, part) => {
    const child = branch.children.get(part) ?? newBranch()
    branch.children.set(part, child)
    return child
  }, root)
}

function newBranch(): Branch {
  return { value: undefined, children: new Map() }
}

function malformed(message: string): RefusalError {
  return new RefusalError('malformed-input', message)
}
