import { z } from 'zod'
import { parseNetworks } from '../networks.ts'
import { peersExpected, peersSchema } from '../peers.ts'
import { parseUpstreamRegistries } from '../upstream-registries.ts'
import { explanations } from './explanation.ts'
import { filePath, isSecretsSource } from './kinds-of-values.ts'

/** Other servers that Berth stands behind, asks or sends to. */
export const neighbourSettings = {
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
        'Registries, separated by commas, that pull through cache rules may name beside those that ECR knows: hosts, perhaps with ports; http:// before one has it asked by plain HTTP, by rules that name it without; * stands for every registry by HTTPS. Private addresses must be allowed by --outbound-networks too.',
      expects: 'hosts such as registry.example.com,http://build-box:5000, or *',
      otherwise: "ECR's own list",
    }),
  upstreamSecrets: z.string().refine(isSecretsSource).optional().register(explanations, {
    placeholder: 'file',
    meaning:
      'Credentials for pull through cache rules, in the place of AWS Secrets Manager: a file with a JSON object, or the object itself, as fits a variable. Each key is the ARN of a secret or its name (ecr-pullthroughcache/...), each value {"username": ..., "accessToken": ...}. A file is read each time it is needed.',
    expects: 'the path of a file, or a JSON object',
    otherwise: 'none',
    secret: true,
  }),
}
