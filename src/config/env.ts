/** Environment variables, by name. */
export type Environment = Readonly<Record<string, string | undefined>>

/** The environment of this process. Nothing else reads it; who needs a variable is handed it. */
export function readEnvironment(): Environment {
  return { ...process.env }
}

const forScanners =
  /^(?:PATH|HOME|TMPDIR|XDG_CACHE_HOME|SSL_CERT_(?:FILE|DIR)|TRIVY_\w+|(?:https?|no|all)_proxy)$/i

/** What of an environment scanners beside Berth may see: where things are and how to get out, none of Berth's own secrets. */
export function scannerEnvironment(env: Environment): Environment {
  return Object.fromEntries(Object.entries(env).filter(([name]) => forScanners.test(name)))
}
