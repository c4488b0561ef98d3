import { tlsPlace } from '../../src/config/listening.ts'
import { authorityCertificateFile } from '../../src/tls/local-ca/authority-paths.ts'
import { serveCommandLine } from './command-line.ts'
import type { FoundPlan } from './find-trust-plan.ts'

/** What `berth trust` says: the changes, and how they are made. */
export function beforeApplying(
  found: FoundPlan,
  changes: readonly string[],
  bundle: string | undefined,
): readonly string[] {
  return [
    `Local CA:      ${authorityCertificateFile(found.config.dataDir)}`,
    '',
    'For clients on this machine to find and believe Berth by its names, this has to be done:',
    '',
    ...changes,
    '',
    `Do it:         sudo ${found.commandLine} --apply`,
    'Take it back:  the same with --remove',
    ...afterApplying(found, bundle),
  ]
}

/** What is left for a person to do once the machine is prepared. */
export function afterApplying({ config, plan }: FoundPlan, bundle: string | undefined): readonly string[] {
  return [
    '',
    `Berth then has to run, with HTTPS on port ${tlsPlace(config)?.port} of ${plan.address}:`,
    '',
    `  ${serveCommandLine(config)}`,
    '',
    ...(bundle === undefined ? unknownStore(config.dataDir) : awsCliHint(bundle)),
  ]
}

function awsCliHint(bundle: string): readonly string[] {
  return [
    "The aws command line and the SDKs bring CAs of their own. In each shell, tell them of this system's:",
    '',
    `  export AWS_CA_BUNDLE=${bundle}`,
  ]
}

function unknownStore(dataDir: string): readonly string[] {
  return [
    'Berth knows no store of CAs on this system. Programs other than docker, podman, skopeo and buildah have to be told of',
    `${authorityCertificateFile(dataDir)}, as by AWS_CA_BUNDLE.`,
  ]
}
