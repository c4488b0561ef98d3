import { z } from 'zod'
import { taskRights } from '../core/ecs/task-rules.ts'
import { extraEvents } from '../core/events/extra-events.ts'
import { isAccountId } from '../core/names/account-id.ts'
import { isRegion } from '../core/names/region.ts'
import { accessLogFormats } from './access-log-format.ts'
import { durationMs, isDuration } from './duration.ts'
import { isHostName, isListenAddress, isRegistryHost } from './host-names.ts'
import { isInlineJson } from './inline-json.ts'
import { logLevels } from './log-level.ts'
import { parseNetworks } from './networks.ts'
import { peersExpected, peersSchema } from './peers.ts'
import { parseTaskFolders, parseTaskRights } from './task-rules.ts'
import { parseUpstreamRegistries } from './upstream-registries.ts'

/** What a user is told about one setting. */
export interface Explanation {
  /** Stands for the value in help texts. A switch has none. */
  readonly placeholder?: string
  readonly meaning: string
  /** Completes "must be ...". */
  readonly expects: string
  /** Said instead of a default value, where there is none to show. */
  readonly otherwise?: string
  /** The value is never shown. */
  readonly secret?: true
}

/** The explanation of each setting's schema. */
export const explanations = z.registry<Explanation>()

const portNumber = wholeNumber(0, 65_535)

/** A number, or its digits, as flags and variables bring it. */
function wholeNumber(least: number, most: number) {
  const digits = z
    .string()
    .regex(/^[0-9]{1,12}$/)
    .transform(Number)
  return z.union([z.number(), digits]).pipe(z.int().min(least).max(most))
}

/** Whether it can be read is seen when it is needed. */
function isUpstreamSecrets(text: string): boolean {
  return isInlineJson(text) || isPath(text)
}

function isPath(text: string): boolean {
  return text.trim() !== '' && !text.includes('\0')
}

const onOrOff = z.union([z.boolean(), z.stringbool({ truthy: ['true', '1'], falsy: ['false', '0'] })])

const duration = z.string().refine(isDuration).transform(durationMs)

const durationOrOff = z
  .string()
  .refine((text) => text === 'off' || isDuration(text))
  .transform((text) => (text === 'off' ? 0 : durationMs(text)))

const filePath = z.string().refine(isPath)

const databaseUrl = z.url({ protocol: /^postgres(ql)?$/, hostname: /./ })

/**
 * Every setting: how a value is checked and what it means. A setting `dataDir` is the flag `--data-dir`, the variable
 * `BERTH_DATA_DIR` and the key `data-dir` of the configuration file. Help texts and docs/configuration.md are made from here.
 */
export const settings = z.object({
  host: z.string().refine(isListenAddress).default('127.0.0.1').register(explanations, {
    placeholder: 'address',
    meaning:
      'Address to listen on. 0.0.0.0 or :: opens Berth to the network, by HTTPS alone; plain HTTP stays on 127.0.0.1 unless it is allowed.',
    expects: 'an IP address or a host name',
  }),
  port: portNumber.default(4566).register(explanations, {
    placeholder: 'number',
    meaning: 'Port for plain HTTP; 0 takes any free one.',
    expects: 'a whole number from 0 to 65535',
  }),
  tlsCert: filePath.optional().register(explanations, {
    placeholder: 'file',
    meaning:
      'Certificate for HTTPS with the ones between it and its root, PEM. Files that change are read again within seconds; if the new ones are no good, the old ones stay in use and the log says why.',
    expects: 'the path of a file',
    otherwise: 'no HTTPS',
  }),
  tlsKey: filePath.optional().register(explanations, {
    placeholder: 'file',
    meaning: 'Private key of the certificate, PEM, not encrypted. Given only together with it.',
    expects: 'the path of a file',
    otherwise: 'no HTTPS',
  }),
  tlsLocal: onOrOff.default(false).register(explanations, {
    meaning:
      "HTTPS with certificates that Berth makes itself, by a local CA in the data folder, for localhost, the registry host and AWS's own names under the registry domain. `berth trust` has a machine believe them.",
    expects: 'true or false',
  }),
  tlsPort: portNumber.optional().register(explanations, {
    placeholder: 'number',
    meaning:
      'Port for HTTPS, beside the one for plain HTTP; 0 takes any free one. Most systems let only root listen below 1024.',
    expects: 'a whole number from 0 to 65535',
    otherwise: '443 when there is HTTPS',
  }),
  allowPlainHttp: onOrOff.default(false).register(explanations, {
    meaning:
      'Lets other machines use plain HTTP too. For a proxy that speaks TLS before Berth, or a network that is as private as this machine: keys and images can be read on the way.',
    expects: 'true or false',
  }),
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
  dockerSocket: filePath.optional().register(explanations, {
    placeholder: 'file',
    meaning:
      'Socket of the Docker Engine that runs tasks of ECS; it pulls images from this Berth by the registry host. Berth touches nothing there but what it made. Without it DOCKER_HOST says where the engine is (unix:// or tcp://), and DOCKER_CERT_PATH has the certificates for TLS.',
    expects: 'the path of a Unix socket, such as /var/run/docker.sock',
    otherwise: 'DOCKER_HOST, or the first socket at one of the usual places',
  }),
  tasksMay: z
    .string()
    .refine((text) => parseTaskRights(text) !== undefined)
    .default('')
    .register(explanations, {
      placeholder: 'rights',
      meaning: `What tasks of ECS may do beyond their own containers, separated by commas: ${taskRights.join(', ')}. Whoever may register task definitions then has the engine's machine with it, more or less.`,
      expects: `some of ${taskRights.join(', ')}`,
      otherwise: 'nothing',
    }),
  taskFolders: z
    .string()
    .refine((text) => parseTaskFolders(text) !== undefined)
    .default('')
    .register(explanations, {
      placeholder: 'folders',
      meaning:
        "Folders of the engine's machine that tasks of ECS may mount as host volumes, separated by commas. A volume must name one of them exactly: what lies below could be a link to anywhere.",
      expects: 'absolute paths, none of them below another, such as /srv/shared,/srv/media',
      otherwise: 'none',
    }),
  taskEndpoint: z
    .union([z.enum(['off', 'gateway']), z.url({ protocol: /^https?$/, hostname: /./ })])
    .default('off')
    .register(explanations, {
      placeholder: 'where',
      meaning:
        "How tasks of ECS reach this Berth, for the credentials of their role, metadata, and AWS's APIs (AWS_ENDPOINT_URL). gateway: at 169.254.170.2, where AWS's SDKs look, which becomes an address of this machine on a network of the Docker Engine's that tasks alone are on; Berth listens there on port 80 by plain HTTP, which takes the rights of root or the capability to. A URL: this Berth's own, as containers see it; SDKs take credentials from https alone. Without it tasks with a task role don't run.",
      expects: 'off, gateway, or a URL such as https://berth.example.com',
    }),
  taskSecrets: z.string().refine(isUpstreamSecrets).optional().register(explanations, {
    placeholder: 'file',
    meaning:
      "Values for the secrets of tasks of ECS, in the place of AWS Secrets Manager and of Systems Manager's parameters: a file with a JSON object, or the object itself, as fits a variable. Each key is an ARN, or a name of the root key's account. A task gets those that its execution role may read. A file is read each time it is needed.",
    expects: 'the path of a file, or a JSON object',
    otherwise: 'none',
    secret: true,
  }),
  taskEnvironmentFiles: filePath.optional().register(explanations, {
    placeholder: 'folder',
    meaning:
      'Files with variables for tasks of ECS (environmentFiles), in the place of Amazon S3: arn:aws:s3:::bucket/key.env is the file bucket/key.env below this folder. A task gets those that its execution role may read (s3:GetObject, s3:GetBucketLocation). A file is read each time it is needed.',
    expects: 'the path of a folder',
    otherwise: 'none',
  }),
  taskSettleTime: duration.prefault('40s').register(explanations, {
    placeholder: 'time',
    meaning:
      'How long a task of an ECS service must run to count as healthy, if none of its containers has a health check: so long the tasks that it replaces stay. One that ends by itself before has failed.',
    expects: 'a number of at least one second with its unit, such as 5s or 1m',
  }),
  sparseManifests: onOrOff.default(false).register(explanations, {
    meaning:
      'Container clients may push an index without all the images it lists, or an image without all its layers, as mirrors of some platforms do. Pulling what is missing fails until it is pushed. The JSON API goes on refusing it, as ECR does.',
    expects: 'true or false',
  }),
  garbageGrace: duration.prefault('24h').register(explanations, {
    placeholder: 'time',
    meaning:
      'How long a layer is kept that no image needs, counted from when it was last needed, uploaded or looked for, and how long deleted images and moved tags can be restored. Must be longer than any push takes, since a push sends its layers first and the image that needs them last.',
    expects: 'a number of at least one second with its unit, such as 90s, 30m, 24h or 7d',
    otherwise: '24h',
  }),
  uploadExpiry: duration.prefault('7d').register(explanations, {
    placeholder: 'time',
    meaning: 'How long an unfinished upload is kept that nobody goes on with.',
    expects: 'a number of at least one second with its unit, such as 90s, 30m, 24h or 7d',
    otherwise: '7d',
  }),
  advisoryMirror: z
    .url({ protocol: /^https?$/ })
    .default('https://osv-vulnerabilities.storage.googleapis.com')
    .register(explanations, {
      placeholder: 'url',
      meaning:
        "Where `berth advisories update` downloads what is known to be wrong with packages: OSV's own place, or a mirror of it with a folder for each ecosystem and an all.zip in each. A private address must be named in --outbound-networks.",
      expects: 'a URL of http or https',
    }),
  scanner: z.enum(['builtin', 'trivy']).default('builtin').register(explanations, {
    placeholder: 'name',
    meaning:
      'What scans images: Berth itself, by the advisories that it is given, or trivy, the program of that name on the PATH, which has a database of its own.',
    expects: 'builtin or trivy',
  }),
  scanCooldown: durationOrOff.prefault('off').register(explanations, {
    placeholder: 'time',
    meaning:
      'How long after one scan of an image nobody can ask for another; 24h is what Amazon ECR has. Scans on push and continuous scans are not held up.',
    expects: 'off, or a number of at least one second with its unit, such as 30m or 24h',
    otherwise: 'off',
  }),
  extraEvents: z
    .string()
    .transform((text) => text.split(',').filter((name) => name !== ''))
    .pipe(z.array(z.enum(extraEvents)))
    .prefault('')
    .register(explanations, {
      placeholder: 'names',
      meaning:
        "What is told on EventBridge beside Amazon ECR's own events, separated by commas: pull, repository (created, deleted), policy (put, deleted), lifecycle (runs, previews and restores from the archive, as CloudTrail tells of them). docs/events-api.md shows them.",
      expects: `names separated by commas, of ${extraEvents.join(', ')}`,
      otherwise: 'nothing more',
    }),
  dev: onOrOff.default(false).register(explanations, {
    meaning:
      "The emulators' convention, on this machine alone: keys test/test, a twelve-digit access key id means that account, /_localstack/health and POST /_berth/reset answer.",
    expects: 'true or false',
  }),
  logLevel: z
    .enum(logLevels)
    .default('info')
    .register(explanations, {
      placeholder: 'level',
      meaning: `How much is logged to standard error: ${logLevels.join(', ')}. debug has a line per request.`,
      expects: `one of ${logLevels.join(', ')}`,
    }),
  accessLog: z
    .enum(accessLogFormats)
    .default('off')
    .register(explanations, {
      placeholder: 'format',
      meaning:
        'A line on standard output for each request: json, or combined as web servers write it. Queries and credentials are never in it.',
      expects: `one of ${accessLogFormats.join(', ')}`,
    }),
  auditLog: z.enum(['off', 'json']).default('json').register(explanations, {
    placeholder: 'format',
    meaning:
      'A line on standard output for each thing that a request changed or was refused to change: who, what, from where, and the outcome.',
    expects: 'one of off, json',
  }),
  auditReads: z.enum(['off', 'summary']).default('summary').register(explanations, {
    placeholder: 'how',
    meaning:
      'Whether the audit trail (`berth audit`) tells of reading too: summary has one record a minute for each caller, action, resource and address, with how often. Changes and denials are always in it.',
    expects: 'one of off, summary',
  }),
  auditRetention: duration.prefault('90d').register(explanations, {
    placeholder: 'time',
    meaning: 'How long the audit trail is kept in the database.',
    expects: 'a number of at least one second with its unit, such as 90s, 30m, 24h or 7d',
    otherwise: '90d',
  }),
  metricsToken: z
    .string()
    .regex(/^[!-~]{16,128}$/)
    .optional()
    .register(explanations, {
      placeholder: 'secret',
      meaning:
        'What readers of /metrics must send as a bearer token. Without it /metrics answers to this machine alone, and not through a proxy.',
      expects: '16 to 128 printable characters without spaces',
      otherwise: 'readers on this machine only',
      secret: true,
    }),
  trustedProxies: z
    .string()
    .refine((text) => parseNetworks(text) !== undefined)
    .default('')
    .register(explanations, {
      placeholder: 'networks',
      meaning:
        "Addresses or networks of the proxies before Berth, separated by commas: from them, and from nobody else, X-Forwarded-For is believed when it says a client's address.",
      expects: 'IP addresses or networks, such as 10.0.0.0/8,::1',
      otherwise: 'none',
    }),
  outboundNetworks: z
    .string()
    .refine((text) => parseNetworks(text) !== undefined)
    .default('')
    .register(explanations, {
      placeholder: 'networks',
      meaning:
        'Addresses or networks, separated by commas, that Berth may connect to although they are not of the public internet: private ones, this machine (127.0.0.0/8,::1), link-local ones. Without it nobody can send Berth there, neither by a setting nor by a redirect.',
      expects: 'IP addresses or networks, such as 10.0.0.0/8,::1',
      otherwise: 'none',
    }),
  peers: peersSchema.default([]).register(explanations, {
    placeholder: 'list',
    meaning:
      'Other Berths that this one replicates images to, and which registries each holds: [{"url": "https://berth.example.com", "account": "222222222222", "region": "eu-west-1", "accessKeyId": "...", "secretAccessKey": "..."}]. Without account it holds those of every account, without region those of every region; the key is one that may push there. Better given as a variable or in a file than as a flag, which other users of the machine can see.',
    expects: peersExpected,
    otherwise: 'none: every registry is one of this Berth',
    secret: true,
  }),
  peersFile: filePath.optional().register(explanations, {
    placeholder: 'file',
    meaning: 'File with such a list of peers, read at the start.',
    expects: 'the path of a file',
    otherwise: 'none',
  }),
  smtpUrl: z
    .url({ protocol: /^smtps?$/, hostname: /./ })
    .optional()
    .register(explanations, {
      placeholder: 'url',
      meaning:
        'Mail server for the messages of SNS: smtp:// (with STARTTLS where the server offers it) or smtps://, with user and password where it wants them. Without it e-mails stay here, and `berth mail` shows them.',
      expects: 'a URL such as smtp://user:password@mail.example.com:587',
      otherwise: 'the built-in mailbox',
      secret: true,
    }),
  mailFrom: z.email().default('no-reply@berth.localhost').register(explanations, {
    placeholder: 'address',
    meaning: 'Address that e-mails come from, and that gets what bounces.',
    expects: 'an e-mail address',
  }),
  upstreamRegistries: z
    .string()
    .refine((text) => parseUpstreamRegistries(text) !== undefined)
    .default('')
    .register(explanations, {
      placeholder: 'hosts',
      meaning:
        'Registries, separated by commas, that pull through cache rules may name beside those that ECR knows: hosts, perhaps with ports; http:// before one has it asked by plain HTTP; * stands for every registry by HTTPS. Private addresses must be allowed by --outbound-networks too.',
      expects: 'hosts such as registry.example.com,http://build-box:5000, or *',
      otherwise: "ECR's own list",
    }),
  upstreamSecrets: z.string().refine(isUpstreamSecrets).optional().register(explanations, {
    placeholder: 'file',
    meaning:
      'Credentials for pull through cache rules, in the place of AWS Secrets Manager: a file with a JSON object, or the object itself, as fits a variable. Each key is the ARN of a secret or its name (ecr-pullthroughcache/...), each value {"username": ..., "accessToken": ...}. A file is read each time it is needed.',
    expects: 'the path of a file, or a JSON object',
    otherwise: 'none',
    secret: true,
  }),
  headerTimeout: wholeNumber(1, 3600).default(20).register(explanations, {
    placeholder: 'seconds',
    meaning: 'How long a connection may take from its first byte to the end of the headers of its request.',
    expects: 'a whole number of seconds from 1 to 3600',
  }),
  idleTimeout: wholeNumber(1, 86_400).default(60).register(explanations, {
    placeholder: 'seconds',
    meaning:
      'A connection on which nothing moves is closed after this; a body must bring 4 KiB in each such time. There is no limit on a whole request: a layer may take hours.',
    expects: 'a whole number of seconds from 1 to 86400',
  }),
  maxConnections: wholeNumber(16, 1_000_000).default(4096).register(explanations, {
    placeholder: 'number',
    meaning:
      'Open connections. Requests on further ones are told to come back later: TOOMANYREQUESTS, ThrottlingException. Each needs up to two open files; a warning at the start tells when the system allows fewer.',
    expects: 'a whole number from 16 to 1000000',
  }),
  maxUploads: wholeNumber(1, 10_000_000).default(10_000).register(explanations, {
    placeholder: 'number',
    meaning: 'Unfinished uploads of layers that one principal may hold open in all repositories together.',
    expects: 'a whole number from 1 to 10000000',
  }),
  maxLayerSize: wholeNumber(1, 10_000_000).default(52_000).register(explanations, {
    placeholder: 'MiB',
    meaning: "Size of the largest layer; Amazon ECR's quota unless told otherwise.",
    expects: 'a whole number of MiB from 1 to 10000000',
  }),
  maxLayerParts: wholeNumber(1, 1_000_000).default(4_200).register(explanations, {
    placeholder: 'number',
    meaning: "Parts of one upload through the JSON API; Amazon ECR's quota unless told otherwise.",
    expects: 'a whole number from 1 to 1000000',
  }),
  maxRepositories: wholeNumber(1, 100_000_000).default(100_000).register(explanations, {
    placeholder: 'number',
    meaning:
      "Repositories that one account may have in one region; Amazon ECR's quota unless told otherwise.",
    expects: 'a whole number from 1 to 100000000',
  }),
  maxImagesPerRepository: wholeNumber(1, 100_000_000).default(100_000).register(explanations, {
    placeholder: 'number',
    meaning:
      "Images that one repository may have, those that an index lists and archived ones included; Amazon ECR's quota unless told otherwise.",
    expects: 'a whole number from 1 to 100000000',
  }),
  maxTagsPerImage: wholeNumber(1, 1_000_000).default(1_000).register(explanations, {
    placeholder: 'number',
    meaning: "Tags that one image may have; Amazon ECR's quota unless told otherwise.",
    expects: 'a whole number from 1 to 1000000',
  }),
  maxPullTimeExclusions: wholeNumber(1, 10_000).default(100).register(explanations, {
    placeholder: 'number',
    meaning:
      "Principals of one account and region whose pulls are not recorded; Amazon ECR's quota unless told otherwise.",
    expects: 'a whole number from 1 to 10000',
  }),
  requestMemory: wholeNumber(64, 1_000_000).default(256).register(explanations, {
    placeholder: 'MiB',
    meaning:
      'Memory for requests that have to be held whole, such as the layer parts of the JSON API, all together. What does not fit waits its turn.',
    expects: 'a whole number of MiB from 64 to 1000000',
  }),
  stopDelay: wholeNumber(0, 3600).default(0).register(explanations, {
    placeholder: 'seconds',
    meaning:
      'How long Berth goes on taking connections once it is told to stop, while /readyz says so: the time a load balancer needs to look elsewhere.',
    expects: 'a whole number of seconds from 0 to 3600',
  }),
})

export type SettingKey = keyof typeof settings.shape
