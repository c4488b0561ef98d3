import { z } from 'zod'
import { isListenAddress } from '../host-names.ts'
import { explanations } from './explanation.ts'
import { filePath, onOrOff, portNumber } from './kinds-of-values.ts'

/** How Berth is reached: addresses, ports and certificates. */
export const listeningSettings = {
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
}
