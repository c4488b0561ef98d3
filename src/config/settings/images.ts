import { z } from 'zod'
import { extraEvents } from '../../core/events/extra-events.ts'
import { explanations } from './explanation.ts'
import { duration, durationOrOff, onOrOff } from './kinds-of-values.ts'

/** What is taken in, how long it is kept, and what is told of it. */
export const imageSettings = {
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
}
