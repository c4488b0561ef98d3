/** A registry as docker names it in files and to its helpers: host and port, without scheme and path. */
export function registryHostOf(server: string): string {
  return server
    .trim()
    .replace(/^https?:\/\//, '')
    .replace(/\/.*$/, '')
}

/** The region in the name of a registry that is named as AWS does; undefined in any other. */
export function regionInHost(host: string): string | undefined {
  return /^\d{12}\.dkr\.ecr\.([a-z0-9-]+)\./.exec(host)?.[1]
}
