/** A record as advisory databases publish it, in OSV's format. */
export function osvRecord(
  id: string,
  affected: readonly { readonly ecosystem: string; readonly name: string; readonly fixed?: string }[],
  more: object = {},
): object {
  return {
    schema_version: '1.7.3',
    id,
    modified: '2026-01-02T03:04:05Z',
    affected: affected.map(({ ecosystem, name, fixed }) => ({
      package: { ecosystem, name },
      ranges: [
        { type: 'ECOSYSTEM', events: [{ introduced: '0' }, ...(fixed === undefined ? [] : [{ fixed }])] },
      ],
    })),
    ...more,
  }
}
