import { Command } from 'commander'
import type { Flags } from '../../src/config/load-config.ts'
import { banner } from '../banner.ts'
import { addSettingOptions } from '../setting-options.ts'

const examples = `
A setting is taken from its flag, else from its variable, else from the configuration file, else it has its default.

Examples:
  berth serve --port 5000 --data-dir /var/lib/berth
  BERTH_REGION=eu-central-1 berth serve
  berth serve --dev                      keys test/test, for emulator tools and tests
  berth serve --tls-local                HTTPS by the names of AWS; see berth trust
  berth serve --host 0.0.0.0 --tls-cert cert.pem --tls-key key.pem --registry-host registry.example.com
  berth serve --host 0.0.0.0 --allow-plain-http --registry-host registry.example.com   behind a TLS proxy
  berth serve --database postgres://berth:secret@db/berth`

/** `berth serve`: runs Berth until it is told to stop. */
export function serveCommand(version: string): Command {
  return addSettingOptions(new Command('serve'))
    .description('run Berth until it is told to stop (what `berth` alone does)')
    .addHelpText('after', examples)
    .action((flags: Flags) => serve(flags, version))
}

async function serve(flags: Flags, version: string): Promise<void> {
  // The whole server is loaded here and not above, so that the other commands answer at once.
  const { main } = await import('../../src/main.ts')
  // A clone has no `berth` on the path, but npx finds it there.
  const command = import.meta.filename.endsWith('.ts') ? 'npx berth' : 'berth'
  await main({
    flags,
    announce: (started) => process.stdout.write(banner(started, { version, command, cwd: process.cwd() })),
  })
}
