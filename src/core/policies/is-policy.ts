import { parsePolicy } from './parse-policy.ts'
import { PolicyDocumentError } from './policy-document-error.ts'

/** Whether a text is a policy for a resource. */
export function isPolicy(text: string): boolean {
  try {
    parsePolicy(text, 'resource')
    return true
  } catch (error) {
    if (error instanceof PolicyDocumentError) return false
    throw error
  }
}
