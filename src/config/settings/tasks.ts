import { z } from 'zod'
import { taskRights } from '../../core/ecs/task-rules.ts'
import { parseTaskFolders, parseTaskRights } from '../task-rules.ts'
import { explanations } from './explanation.ts'
import { duration, durationOrOff, filePath, isSecretsSource } from './kinds-of-values.ts'

/** The Docker Engine behind ECS, and what tasks may do and reach. */
export const taskSettings = {
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
  taskSecrets: z.string().refine(isSecretsSource).optional().register(explanations, {
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
    otherwise: '40s',
  }),
  taskImageExpiry: durationOrOff.prefault('1h').register(explanations, {
    placeholder: 'time',
    meaning:
      'How long an image that Berth has pulled for tasks of ECS stays on the Docker Engine once nothing needs it: no container there, no task and no deployment. It is then removed; images that others have pulled, built or tagged never are. off: it stays.',
    expects: 'off, or a number of at least one second with its unit, such as 30m or 24h',
    otherwise: '1h',
  }),
}
