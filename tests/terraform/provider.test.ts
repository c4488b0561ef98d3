import { cp, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { startBerthProcess } from '../support/berth-process.ts'
import { runProgram } from '../support/client.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'

/**
 * A folder with Terraform's AWS provider, laid out as a filesystem mirror. It is 700 MB and takes more than a minute here, so
 * that only those run it who ask for it; what it showed stands in the tests beside this one.
 */
const mirror = process.env.BERTH_TEST_TERRAFORM_PLUGINS ?? ''

test.skipIf(mirror === '')(
  "terraform applies ECR's resources, finds no difference, changes and destroys them",
  async () => {
    await using berth = await startBerthProcess({ flags: ['--dev'] })
    await using folder = await temporaryFolder()
    await cp(join(import.meta.dirname, 'configuration'), folder.path, { recursive: true })
    const settings = join(folder.path, 'terraform.rc')
    const source = { filesystem_mirror: [{ path: mirror }] }
    await writeFile(settings, JSON.stringify({ provider_installation: [source] }))
    const terraform = async (...args: readonly string[]) => {
      const env = {
        HOME: folder.path,
        TF_CLI_CONFIG_FILE: settings,
        TF_VAR_endpoint: `http://${berth.host}`,
      }
      const options = { cwd: folder.path, env, limitMs: 120_000 }
      const { exitCode, stdout, stderr } = await runProgram('terraform', args, options)
      expect(exitCode, stdout + stderr).toBe(0)
      return stdout
    }
    await terraform('init')
    for (const step of ['step=1', 'step=2']) {
      await terraform('apply', '-auto-approve', '-var', step)
      // Ends with 2 where there is a difference.
      await terraform('plan', '-detailed-exitcode', '-var', step)
    }
    expect(JSON.parse(await terraform('output', '-json', 'seen'))).toEqual({
      url: `${berth.host}/team/app`,
      user: 'AWS',
      repositories: ['plain', 'team/app'],
    })
    await terraform('destroy', '-auto-approve', '-var', 'step=2')
  },
  600_000,
)
