import { stopSignal } from '../src/stop-signal.ts'
import { CliError } from './cli-error.ts'

/** Aborted once the process is told to stop; when it's told again it ends at once, with exit code 2. */
export function interruption(): AbortSignal {
  const controller = new AbortController()
  const stop = () => controller.abort(new CliError('Interrupted', 'Run it again to go on from here.'))
  const stopAtOnce = () => process.exit(2)
  void stopSignal({ process, now: () => performance.now(), stopAtOnce }).then(stop)
  return controller.signal
}
