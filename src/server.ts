import type { Config } from './config/config.ts'
import type { Secrets } from './config/secrets.ts'

/** CONTRACT. A Berth that listens. */
export interface RunningServer extends AsyncDisposable {
  /** Scheme, host and real port, such as `http://127.0.0.1:4566`. */
  readonly url: string
  readonly port: number
  /** Stops taking connections, finishes what runs within `graceMs`, then cuts what is left, and closes the stores. */
  close(graceMs: number): Promise<void>
}

/** CONTRACT. Builds everything from a config and starts listening. */
export declare function startServer(config: Config, secrets: Secrets): Promise<RunningServer>
