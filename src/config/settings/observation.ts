import { z } from 'zod'
import { accessLogFormats } from '../access-log-format.ts'
import { logLevels } from '../log-level.ts'
import { explanations } from './explanation.ts'
import { duration } from './kinds-of-values.ts'

/** What is written down of requests, and who may read the metrics. */
export const observationSettings = {
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
}
