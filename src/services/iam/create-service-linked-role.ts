import { createServiceLinkedRole as create } from '../../access/iam/service-linked-roles.ts'
import { linkedRoles, pathOfService } from '../../core/iam/service-linked-role.ts'
import { entityShape } from './entity-shape.ts'
import type { IamAction } from './iam-action.ts'

interface Creation {
  readonly AWSServiceName: string
  readonly CustomSuffix?: string
  readonly Description?: string
}

/** Makes the role that a service has in the caller's account. @see IAM API reference, CreateServiceLinkedRole */
export const createServiceLinkedRole: IamAction<Creation> = {
  operation: 'CreateServiceLinkedRole',
  permissions: ({ AWSServiceName: service }, { caller: { account } }) => [
    {
      action: 'iam:CreateServiceLinkedRole',
      resource: `arn:aws:iam::${account}:role${pathOfService(service)}${linkedRoles.get(service)?.name ?? '*'}`,
      owner: account,
      context: { 'iam:AWSServiceName': service },
    },
  ],
  async run({ AWSServiceName: service, CustomSuffix, Description }, { caller: { account } }, iam) {
    const role = await create(iam, {
      account,
      service,
      ...(CustomSuffix !== undefined && { suffix: CustomSuffix }),
      ...(Description !== undefined && { description: Description }),
    })
    return { Role: await entityShape(role, iam.metadata) }
  },
}
