import type { Permission } from './permission.ts'

/**
 * What a policy can ask about the tags in a request.
 *
 * @see IAM user guide, "Controlling access during AWS requests", aws:RequestTag and aws:TagKeys
 */
export function tagConditions(tags: ReadonlyMap<string, string>): NonNullable<Permission['context']> {
  if (tags.size === 0) return {}
  const values = [...tags].map(([key, value]) => [`aws:RequestTag/${key}`, value])
  return { 'aws:TagKeys': [...tags.keys()], ...Object.fromEntries(values) }
}
