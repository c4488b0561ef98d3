import { repositoryArn } from '../names/arn.ts'
import type { RepositoryKey } from '../names/registry-key.ts'
import { type EventDetail, eventTime, type Occurrence } from './event.ts'
import { ecrSource } from './image-event.ts'

/** What makes a record of CloudTrail one of its own. */
export interface TrailRecord {
  readonly newId: () => string
  readonly at: Date
}

/** What ECR does by itself, and tells by CloudTrail alone. */
export type ServiceEventName = 'PolicyExecutionEvent' | 'DryRunEvent' | 'ImageActivationEvent'

/**
 * Something that the registry did to a repository by itself, as CloudTrail tells it: its record is the detail. An extra, since on AWS a
 * trail has to be set up.
 *
 * @see AWS CloudTrail user guide, "CloudTrail record contents"; Amazon ECR user guide, "Logging Amazon ECR actions with AWS CloudTrail"
 */
export function serviceEvent(
  repository: RepositoryKey,
  eventName: ServiceEventName,
  serviceEventDetails: EventDetail,
  { newId, at }: TrailRecord,
): Occurrence {
  const { account, region, name } = repository
  const arn = repositoryArn(repository)
  return {
    registry: { account, region },
    extra: 'lifecycle',
    source: ecrSource,
    detailType: 'AWS Service Event via CloudTrail',
    resources: [arn],
    detail: {
      eventVersion: '1.08',
      userIdentity: { accountId: account, invokedBy: 'AWS Internal' },
      eventTime: eventTime(at),
      eventSource: 'ecr.amazonaws.com',
      eventName,
      awsRegion: region,
      sourceIPAddress: 'AWS Internal',
      userAgent: 'AWS Internal',
      requestParameters: null,
      responseElements: null,
      eventID: newId(),
      readOnly: true,
      resources: [{ ARN: arn, accountId: account, type: 'AWS::ECR::Repository' }],
      eventType: 'AwsServiceEvent',
      recipientAccountId: account,
      serviceEventDetails: { repositoryName: name, ...serviceEventDetails },
    },
  }
}
