import { explanations } from './explanation.ts'
import { wholeNumber } from './kinds-of-values.ts'

/** How much of everything one server, account, repository or request may have. */
export const limitSettings = {
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
}
