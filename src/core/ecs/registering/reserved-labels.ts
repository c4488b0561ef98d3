const reserved = /^(com\.amazonaws\.ecs\.|berth\.)/

/** The first of these labels that says whose a container or a volume is, which is ours to say. */
export function reservedLabel(labels: Readonly<Record<string, string>> = {}): string | undefined {
  return Object.keys(labels).find((key) => reserved.test(key))
}
