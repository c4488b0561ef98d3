import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { homedir, tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { allSettings } from './all-settings.ts'
import { ConfigError } from './config-error.ts'
import { plainPlace, tlsPlace } from './listening.ts'
import { type ConfigSources, loadConfig } from './load-config.ts'
import { localTlsNames } from './local-tls-names.ts'

let cwd: string
beforeAll(async () => {
  cwd = await mkdtemp(join(tmpdir(), 'berth-config-'))
})
afterAll(() => rm(cwd, { recursive: true }))

/** Loads from an empty folder, with no variables and no flags but those given. */
function load(sources: Partial<ConfigSources> = {}) {
  return loadConfig({ flags: {}, env: {}, cwd, ...sources })
}

/** The problems that loading finds. */
function problems(sources: Partial<ConfigSources>): readonly string[] {
  try {
    load(sources)
  } catch (error) {
    if (error instanceof ConfigError) return error.problems
    throw error
  }
  return []
}

async function configFile(settings: unknown): Promise<string> {
  const path = join(await mkdtemp(join(cwd, 'file-')), 'given.json')
  await writeFile(path, typeof settings === 'string' ? settings : JSON.stringify(settings))
  return path
}

test('without being told anything, Berth listens on loopback and makes its own key', () => {
  expect(load()).toEqual({
    host: '127.0.0.1',
    port: 4566,
    dataDir: join(cwd, '.berth'),
    accountId: '000000000000',
    region: 'us-east-1',
    tlsLocal: false,
    allowPlainHttp: false,
    database: 'sqlite',
    anonymousPull: false,
    docker: { usualSockets: ['/var/run/docker.sock', join(homedir(), '.docker/run/docker.sock')] },
    tasksMay: '',
    taskSettleTime: 40_000,
    taskImageExpiry: 3_600_000,
    taskFolders: '',
    taskEndpoint: 'off',
    sparseManifests: false,
    garbageGrace: 86_400_000,
    upstreamRegistries: '',
    extraEvents: [],
    uploadExpiry: 604_800_000,
    advisoryMirror: 'https://osv-vulnerabilities.storage.googleapis.com',
    scanner: 'builtin',
    scanCooldown: 0,
    dev: false,
    logLevel: 'info',
    accessLog: 'off',
    auditLog: 'json',
    auditReads: 'summary',
    auditRetention: 90 * 24 * 60 * 60 * 1000,
    trustedProxies: '',
    outboundNetworks: '',
    peers: [],
    mailFrom: 'no-reply@berth.localhost',
    headerTimeout: 20,
    idleTimeout: 60,
    maxConnections: 4096,
    maxUploads: 10_000,
    maxLayerSize: 52_000,
    maxLayerParts: 4_200,
    maxRepositories: 100_000,
    maxImagesPerRepository: 100_000,
    maxTagsPerImage: 1_000,
    maxPullTimeExclusions: 100,
    requestMemory: 256,
    stopDelay: 0,
  })
})

describe('layers', () => {
  test('a variable wins over the file, a flag over both', async () => {
    const config = await configFile({ port: 1, region: 'eu-west-1', 'log-level': 'warn' })
    const env = { BERTH_PORT: '2', BERTH_REGION: 'eu-west-2' }
    expect(load({ flags: { config, port: '3' }, env })).toMatchObject({
      port: 3,
      region: 'eu-west-2',
      logLevel: 'warn',
    })
  })

  test('berth.json of the current folder is read without being named', async () => {
    const folder = await mkdtemp(join(cwd, 'project-'))
    await writeFile(join(folder, 'berth.json'), '{ "port": 5000, "data-dir": "data" }')
    expect(load({ cwd: folder })).toMatchObject({ port: 5000, dataDir: join(folder, 'data') })
  })

  test('BERTH_CONFIG names a file, --config another', async () => {
    const env = { BERTH_CONFIG: await configFile({ port: 1 }) }
    expect(load({ env }).port).toBe(1)
    expect(load({ env, flags: { config: await configFile({ port: 2 }) } }).port).toBe(2)
  })

  test('an empty variable counts as absent', () => {
    expect(load({ env: { BERTH_PORT: '', BERTH_CONFIG: '', BERTH_ROOT_ACCESS_KEY: '' } }).port).toBe(4566)
  })

  test('the variables of the tests and of other programs are left alone', () => {
    expect(problems({ env: { BERTH_TEST_REQUIRE_ALL: '1', PATH: '/bin', BERTHA: 'x' } })).toEqual([])
  })
})

describe('names', () => {
  test.each(allSettings)(
    '$name is read from $variable, $flag and the file alike',
    async ({ key, name, variable }) => {
      const wrong = '\n'
      const config = await configFile({ [name]: wrong })
      for (const sources of [
        { env: { [variable]: wrong } },
        { flags: { [key]: wrong } },
        { flags: { config } },
      ]) {
        expect(problems(sources).join()).toMatch(
          new RegExp(`(${variable}|--${name}|'${name}' in .*) must be`),
        )
      }
    },
  )

  test('a misspelt variable is refused with the nearest one', () => {
    expect(problems({ env: { BERTH_PROT: '1' } })).toEqual([
      'BERTH_PROT is not a setting; did you mean BERTH_PORT?',
    ])
  })

  test('a misspelt key of the file is refused with the nearest one', async () => {
    const config = await configFile({ datadir: 'x' })
    expect(problems({ flags: { config } })).toEqual([
      `'datadir' in ${config} is not a setting; did you mean data-dir?`,
    ])
  })

  test('a key that is like none is refused with all that there are', async () => {
    const config = await configFile({ xyzzyxyzzy: 1 })
    expect(problems({ flags: { config } }).join()).toContain('the settings are host, port, tls-cert')
  })

  test('every problem is told at once', () => {
    expect(problems({ env: { BERTH_PROT: '1', BERTH_REGION: 'EU' }, flags: { port: 'x' } })).toHaveLength(3)
  })
})

describe('values', () => {
  test.each([
    ['port', '65536', 'a whole number from 0 to 65535'],
    ['port', '0x10', 'a whole number'],
    ['port', '1.5', 'a whole number'],
    ['port', '-1', 'a whole number'],
    ['host', 'not a host', 'an IP address or a host name'],
    ['host', '[::1]', 'an IP address or a host name'],
    ['accountId', '12345678901', 'twelve digits'],
    ['region', 'EU West', "a region's name"],
    ['rootAccessKey', 'a/b', '1 to 128 letters'],
    ['registryHost', 'http://registry', 'a host name'],
    ['registryHost', 'registry:99999', 'a host name'],
    ['registryDomain', 'ecr_example', 'a domain name'],
    ['dev', 'yes', 'true or false'],
    ['logLevel', 'loud', 'one of trace, debug'],
  ])('%s can not be %s', (key, value, expected) => {
    expect(problems({ flags: { [key]: value } }).join()).toMatch(new RegExp(`must be ${expected}.*, not "`))
  })

  test.each([
    ['0', 0],
    ['65535', 65_535],
    [8080, 8080],
  ])('port %s is %i', (given, port) => {
    expect(load({ flags: { port: given } }).port).toBe(port)
  })

  test.each(['mysql://host/db', 'postgres://', 'mongo', 'sqlite:x'])(
    'the database can not be %s',
    (database) => {
      expect(problems({ flags: { database } })).toEqual([
        '--database must be sqlite, or a URL such as postgres://user:password@host:5432/berth',
      ])
    },
  )

  test('a secret that is refused is not shown', () => {
    const shown = problems({
      env: { BERTH_ROOT_SECRET_KEY: 'pass word', BERTH_DATABASE: 'x://u:pass word@h' },
    })
    expect(shown).toHaveLength(2)
    expect(shown.join()).not.toContain('pass word')
  })

  test('any port, account and region that exist are taken as they are', () => {
    const account = fc.stringMatching(/^[0-9]{12}$/)
    const region = fc.stringMatching(/^[a-z]{2}-[a-z]{4,9}-[0-9]$/)
    fc.assert(
      fc.property(fc.nat(65_535), account, region, (port, BERTH_ACCOUNT_ID, BERTH_REGION) => {
        const env = { BERTH_PORT: String(port), BERTH_ACCOUNT_ID, BERTH_REGION }
        expect(load({ env })).toMatchObject({ port, accountId: BERTH_ACCOUNT_ID, region: BERTH_REGION })
      }),
    )
  })

  test('whatever text a variable has, it is taken or refused by name', () => {
    fc.assert(
      fc.property(fc.constantFrom(...allSettings), fc.string({ minLength: 1 }), ({ variable }, text) => {
        for (const problem of problems({ env: { [variable]: text } })) {
          expect(problem).toMatch(/BERTH_|--root|--dev|--tls|--host|root secret key/)
        }
      }),
    )
  })
})

describe('the file', () => {
  test('one that was named must be there', () => {
    expect(problems({ flags: { config: 'nowhere.json' } }).join()).toContain(
      `There is no configuration file ${join(cwd, 'nowhere.json')}`,
    )
  })

  test.each(['{ "port": ', '[]', '"port"', ''])('it must be one JSON object, not %s', async (text) => {
    const config = await configFile(text)
    expect(problems({ flags: { config } }).join()).toContain(`${config} must hold one JSON object`)
  })

  test('a number where text is needed is refused', async () => {
    const config = await configFile({ 'account-id': 123456789012 })
    expect(problems({ flags: { config } }).join()).toContain('must be twelve digits (in a file, in quotes)')
  })
})

describe('root keys', () => {
  const long = { rootAccessKey: 'AKIAEXAMPLE', rootSecretKey: '0123456789abcdef' }

  test('half a pair is refused', () => {
    expect(problems({ flags: { rootAccessKey: 'test' } }).join()).toContain('--root-secret-key is missing')
    expect(problems({ flags: { rootSecretKey: 'test' } }).join()).toContain('--root-access-key is missing')
  })

  test.each(['127.0.0.1', '127.1.2.3', '::1', 'localhost'])('test/test is taken on %s', (host) => {
    expect(problems({ flags: { host, rootAccessKey: 'test', rootSecretKey: 'test' } })).toEqual([])
  })

  test.each(['0.0.0.0', '::', '192.168.0.7', 'localhost.example.com', '127.0.0.1.example.com'])(
    'test/test is refused on %s, a long secret is not',
    (host) => {
      const open = { host, allowPlainHttp: true }
      const given = { ...open, rootAccessKey: 'test', rootSecretKey: 'test' }
      expect(problems({ flags: given }).join()).toContain('fewer than 16 characters')
      expect(problems({ flags: { ...open, ...long } })).toEqual([])
    },
  )
})

describe('HTTPS', () => {
  const files = { tlsCert: 'cert.pem', tlsKey: 'key.pem' }

  test('its files start in the current folder', () => {
    expect(load({ flags: files })).toMatchObject({
      tlsCert: join(cwd, 'cert.pem'),
      tlsKey: join(cwd, 'key.pem'),
    })
  })

  test.each([
    [{ tlsCert: 'cert.pem' }, '--tls-key is missing'],
    [{ tlsKey: 'key.pem' }, '--tls-cert is missing'],
    [{ ...files, tlsLocal: true }, 'leave one of them out'],
    [{ tlsPort: 8443 }, '--tls-port has no certificate to show'],
  ])('%j is refused: %s', (flags, why) => {
    expect(problems({ flags }).join()).toContain(why)
  })

  test.each(['0.0.0.0', '::', '192.168.0.7', 'build-box'])('on %s plain HTTP is refused', (host) => {
    expect(problems({ flags: { host } }).join()).toMatch(/plain HTTP; give --tls-cert .* --allow-plain-http/)
    for (const flags of [
      { host, allowPlainHttp: true },
      { host, ...files },
      { host, tlsLocal: true },
    ]) {
      expect(problems({ flags })).toEqual([])
    }
  })

  test.each([
    ['127.0.0.2', {}, '127.0.0.2', undefined],
    ['0.0.0.0', files, '127.0.0.1', { host: '0.0.0.0', port: 443 }],
    ['0.0.0.0', { ...files, tlsPort: 8443 }, '127.0.0.1', { host: '0.0.0.0', port: 8443 }],
    ['0.0.0.0', { ...files, allowPlainHttp: true }, '0.0.0.0', { host: '0.0.0.0', port: 443 }],
    ['127.0.0.2', { tlsLocal: true }, '127.0.0.2', { host: '127.0.0.2', port: 443 }],
  ])('on %s with %j plain HTTP is on %s and HTTPS on %j', (host, flags, plain, tls) => {
    const config = load({ flags: { host, ...flags } })
    expect(plainPlace(config)).toEqual({ host: plain, port: 4566 })
    expect(tlsPlace(config)).toEqual(tls)
  })

  test('the local CA is for the names of AWS, unless another was given', () => {
    expect(load({ flags: { tlsLocal: true } }).registryDomain).toBe('amazonaws.com')
    expect(load({ flags: { tlsLocal: true, registryHost: 'build-box' } }).registryDomain).toBeUndefined()
    expect(load({ flags: { tlsLocal: true, registryDomain: 'ecr.example' } }).registryDomain).toBe(
      'ecr.example',
    )
  })

  test('the local CA may certify its own names and no others', () => {
    const { own, permitted } = localTlsNames(
      load({ flags: { tlsLocal: true, host: '127.0.0.2', registryHost: 'Build-Box:8443' } }),
    )
    expect(own).toEqual(['localhost', '127.0.0.1', '::1', '127.0.0.2', 'build-box'])
    expect(permitted).toEqual({
      domains: ['localhost', 'build-box'],
      addresses: ['127.0.0.0/8', '::1/128'],
    })
  })
})

describe('--dev', () => {
  test('has the keys test/test', () => {
    expect(load({ env: { BERTH_DEV: '1' } })).toMatchObject({
      dev: true,
      rootAccessKey: 'test',
      rootSecretKey: 'test',
    })
  })

  test('is off with BERTH_DEV=false', () => {
    expect(load({ env: { BERTH_DEV: 'false' } }).rootAccessKey).toBeUndefined()
  })

  test('refuses to listen beyond this machine', () => {
    expect(problems({ flags: { dev: true, host: '0.0.0.0' } }).join()).toContain(
      '--dev has keys that everybody knows',
    )
  })
})
