import { z } from 'zod'
import { isAccountId } from '../../core/names/account-id.ts'
import { isRegion } from '../../core/names/region.ts'
import { isHostName, isRegistryHost } from '../host-names.ts'
import { explanations } from './explanation.ts'
import { databaseUrl, isPath, onOrOff } from './kinds-of-values.ts'

/** What Berth keeps, whose it is, and the names that clients know it by. */
export const possessionSettings = {
  dataDir: z.string().refine(isPath).default('./.berth').register(explanations, {
    placeholder: 'folder',
    meaning:
      'Folder of everything Berth keeps: metadata, layers and secrets. Made when absent, for its owner alone.',
    expects: 'the path of a folder',
  }),
  accountId: z.string().refine(isAccountId).prefault('000000000000').register(explanations, {
    placeholder: 'id',
    meaning: 'AWS account of the root access key.',
    expects: 'twelve digits (in a file, in quotes)',
  }),
  region: z.string().refine(isRegion).prefault('us-east-1').register(explanations, {
    placeholder: 'name',
    meaning: 'Region that `berth env` exports and the start page shows. Every other region works beside it.',
    expects: "a region's name, such as eu-central-1",
  }),
  rootAccessKey: z
    .string()
    .regex(/^\w{1,128}$/)
    .optional()
    .register(explanations, {
      placeholder: 'id',
      meaning: "Id of the account's root access key. Given only together with its secret.",
      expects: '1 to 128 letters, digits or underscores',
      otherwise: 'made at random on the first start',
    }),
  rootSecretKey: z
    .string()
    .regex(/^[!-~]{1,128}$/)
    .optional()
    .register(explanations, {
      placeholder: 'secret',
      meaning:
        'Secret of the root access key; at least 16 characters unless only this machine can reach Berth. Better given as a variable or in a file than as a flag, which other users of the machine can see.',
      expects: '1 to 128 printable characters without spaces',
      otherwise: 'made at random on the first start',
      secret: true,
    }),
  database: z
    .union([z.literal('sqlite'), databaseUrl])
    .default('sqlite')
    .register(explanations, {
      placeholder: 'where',
      meaning:
        'Where metadata is kept: sqlite (a file in the data folder), or the URL of a PostgreSQL database.',
      expects: 'sqlite, or a URL such as postgres://user:password@host:5432/berth',
      secret: true,
    }),
  registryHost: z.string().refine(isRegistryHost).optional().register(explanations, {
    placeholder: 'host[:port]',
    meaning: 'Name that container clients reach Berth by; repository URIs and proxyEndpoint begin with it.',
    expects: 'a host name, perhaps with a port, such as registry.example.com or build-box:4566',
    otherwise: 'localhost and the port, that of HTTPS when there is one',
  }),
  registryDomain: z.string().refine(isHostName).optional().register(explanations, {
    placeholder: 'domain',
    meaning:
      'Domain of AWS-shaped registry names: repository URIs begin with <account>.dkr.ecr.<region>.<domain> (and the port of the registry host), and such a name chooses account and region.',
    expects: 'a domain name, such as ecr.example.com',
    otherwise: 'no such names; amazonaws.com with the local CA and no registry host',
  }),
  anonymousPull: onOrOff.default(false).register(explanations, {
    meaning:
      'Container clients without credentials may pull what the policy of a repository or of its registry gives to everyone ("Principal": "*"), and nothing else. Whoever has credentials sends them as before.',
    expects: 'true or false',
  }),
  dev: onOrOff.default(false).register(explanations, {
    meaning:
      "The emulators' convention, on this machine alone: keys test/test, a twelve-digit access key id means that account, /_localstack/health and POST /_berth/reset answer.",
    expects: 'true or false',
  }),
}
