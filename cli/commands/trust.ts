import { Command } from 'commander'
import type { SettingKey } from '../../src/config/settings.ts'
import { addSettingOptions } from '../setting-options.ts'
import type { TrustWish } from '../trust/run-trust.ts'

const examples = `
Berth's local CA is made once and kept in the data folder. With --tls-local Berth shows certificates of it for AWS's own names:
  <account>.dkr.ecr.<region>.amazonaws.com, api.ecr.<region>.amazonaws.com and those of STS
On a machine that believes the CA and finds these names here, a tutorial for Amazon ECR runs as it is written. While it does, calls to
ECR and STS in that region don't reach AWS from this machine.

Examples:
  berth trust                                  print what would be done
  sudo berth trust --apply                     do it
  sudo berth trust --remove                    take all of it back
  berth trust --account-id 180789647333 --region eu-west-2 --also 111122223333/us-east-1`

/** Settings that say which names, and where. */
const telling: readonly SettingKey[] = [
  'host',
  'tlsPort',
  'dataDir',
  'accountId',
  'region',
  'registryHost',
  'registryDomain',
]

/** `berth trust`: has this machine find and believe Berth by AWS's own names, or says what that takes. */
export function trustCommand(): Command {
  const command = new Command('trust')
    .description("have this machine's clients find and believe Berth by the names of AWS")
    .option('--apply', 'do it, as root; otherwise it is printed')
    .option('--remove', 'take back, as root, all that --apply has done on this machine')
    .option('--also <registries...>', 'further registries to have names for, such as 111122223333/eu-west-2')
    .option('--address <ip>', 'where this machine reaches Berth [default: where --host listens]')
  return addSettingOptions(command, telling).addHelpText('after', examples).action(trust)
}

async function trust(wish: TrustWish): Promise<void> {
  // What makes certificates is loaded here and not above, so that the other commands answer at once.
  const { runTrust } = await import('../trust/run-trust.ts')
  await runTrust(wish)
}
