import type { TextWorld } from './text-world.ts'

/** A text of ECR's that is known to the last byte: how it reads, and what brings it about. */
export interface SeenText {
  /** What is done, as a sentence. */
  readonly when: string
  readonly expected: string
  provoke(world: TextWorld): Promise<string>
}

/** A text that one call of an operation brings about. */
export function refused(when: string, operation: string, input: object, expected: string): SeenText {
  return { when, expected, provoke: ({ refusal }) => refusal(operation, input) }
}

/** A text that one request to `/v2/` brings about. */
export function refusedByV2(
  when: string,
  [method, path, sent]: Parameters<TextWorld['v2']>,
  expected: string,
): SeenText {
  return { when, expected, provoke: ({ v2 }) => v2(method, path, sent) }
}

export function invalid(field: string, constraint: string): string {
  return `InvalidParameterException: Invalid parameter at '${field}' failed to satisfy constraint: '${constraint}'`
}
