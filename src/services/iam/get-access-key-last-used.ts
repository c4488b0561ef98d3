import type { Iam } from '../../access/iam/iam.ts'
import { type Entity, entityArn } from '../../core/iam/entity.ts'
import { NoSuchEntityError } from '../../core/iam/iam-errors.ts'
import type { StoredCredential } from '../../stores/metadata/iam.ts'
import type { Call } from '../service.ts'
import type { IamAction } from './iam-action.ts'

/** What stands in the place of a service and a region that there never was. */
const never = 'N/A'

interface KeyRequest {
  readonly AccessKeyId: string
}

/** When, where and for what a user's key was last signed with. @see IAM API reference, GetAccessKeyLastUsed */
export const getAccessKeyLastUsed: IamAction<KeyRequest> = {
  operation: 'GetAccessKeyLastUsed',
  async permissions(input, call, iam) {
    const { account } = call.caller
    const found = await findKey(input, call, iam)
    const resource = found ? entityArn(found.user) : `arn:aws:iam::${account}:user/*`
    return [{ action: 'iam:GetAccessKeyLastUsed', resource, owner: account }]
  },
  async run(input, call, iam) {
    await iam.uses.keyUses.flush()
    const found = await findKey(input, call, iam)
    if (!found) throw new NoSuchEntityError(`The Access Key with id ${input.AccessKeyId} cannot be found.`)
    const { lastUse } = found.key
    return {
      UserName: found.user.name,
      AccessKeyLastUsed: {
        ServiceName: lastUse?.service ?? never,
        Region: lastUse?.region ?? never,
        LastUsedDate: lastUse?.at,
      },
    }
  },
}

/** A lasting key of a user of the caller's account. */
async function findKey(
  { AccessKeyId: id }: KeyRequest,
  { caller }: Call,
  { metadata }: Iam,
): Promise<{ readonly key: StoredCredential; readonly user: Entity } | undefined> {
  const key = await metadata.iam.credential(id)
  if (key?.account !== caller.account || key.session !== undefined || key.entityId === undefined) return
  const user = await metadata.iam.entityById(key.entityId)
  return user && { key, user }
}
