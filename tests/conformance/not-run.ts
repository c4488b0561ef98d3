/**
 * Checks that a program passes over, and why. Whatever else isn't passed fails the test; a check that ought to fail would stand here
 * with the decision about it.
 */
export const notRun: ReadonlyMap<string, string> = new Map([
  [
    'OCI Distribution Conformance Tests Pull Setup Get tag name from environment',
    'for registries that nothing can be pushed to',
  ],
  [
    'OCI Distribution Conformance Tests Push Cross-Repository Blob Mount Cross-mounting of nonexistent blob should yield session id',
    'for registries that refuse the mount before it; Berth mounts',
  ],
  [
    'OCI Distribution Conformance Tests Push Cross-Repository Blob Mount Cross-mounting without from, and automatic content discovery disabled should return a 202',
    'the opposite of its neighbour, which passes: Berth finds the source itself',
  ],
  [
    'OCI Distribution Conformance Tests Content Discovery Setup Populate registry with test tags (no push)',
    'for registries that nothing can be pushed to',
  ],
])
