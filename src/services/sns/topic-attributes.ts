import { parsePolicy } from '../../core/policies/parse-policy.ts'
import { PolicyDocumentError } from '../../core/policies/policy-document-error.ts'
import { readDeliveryPolicy } from '../../core/topics/delivery-policy.ts'
import { InvalidTopicParameterError } from '../../core/topics/errors.ts'
import type { Topic } from '../../core/topics/topic.ts'

/** Attributes that do something here; the rest would be kept and change nothing. */
const checks: ReadonlyMap<string, (value: string) => string | undefined> = new Map([
  ['DisplayName', (value) => (isDisplayName(value) ? undefined : 'DisplayName')],
  ['SignatureVersion', (value) => (['1', '2'].includes(value) ? undefined : 'SignatureVersion')],
  ['Policy', mistakeInPolicy],
  ['DeliveryPolicy', mistakeInDelivery],
])

/** SNS knows these; Berth does nothing by them. */
const unoffered =
  /^(KmsMasterKeyId|TracingConfig|FifoTopic|FifoThroughputScope|ContentBasedDeduplication|ArchivePolicy|(HTTP|Firehose|Lambda|Application|SQS)(SuccessFeedbackRoleArn|SuccessFeedbackSampleRate|FailureFeedbackRoleArn))$/

/**
 * A topic with attributes set; an empty value takes one away.
 *
 * @param prefix what stands before the error's text: `Attributes Reason: ` when they come with CreateTopic
 * @throws InvalidTopicParameterError
 */
export function withAttributes(topic: Topic, given: Readonly<Record<string, string>>, prefix = ''): Topic {
  for (const [name, value] of Object.entries(given)) {
    const check = checks.get(name)
    if (check === undefined) throw unknownAttribute(name, value, prefix)
    const mistake = value === '' ? undefined : check(value)
    if (mistake !== undefined) throw new InvalidTopicParameterError(`${prefix}${mistake}`)
  }
  const { Policy: policy = topic.policy, ...others } = given
  const attributes = Object.entries({ ...topic.attributes, ...others }).filter(([, value]) => value !== '')
  return { ...topic, attributes: Object.fromEntries(attributes), policy: policy === '' ? undefined : policy }
}

function unknownAttribute(name: string, value: string, prefix: string): InvalidTopicParameterError {
  const isKnown = unoffered.test(name)
  const reason = isKnown ? `${name}: Berth does not offer it (value '${value}')` : 'AttributeName'
  return new InvalidTopicParameterError(`${prefix}${reason}`)
}

function isDisplayName(value: string): boolean {
  return value.length <= 100 && !/[\p{Cc}]/u.test(value)
}

function mistakeInDelivery(value: string): string | undefined {
  try {
    readDeliveryPolicy(value, 'topic')
    return undefined
  } catch (error) {
    if (error instanceof InvalidTopicParameterError) return error.reason
    throw error
  }
}

function mistakeInPolicy(value: string): string | undefined {
  try {
    parsePolicy(value, 'resource')
    return undefined
  } catch (error) {
    if (error instanceof PolicyDocumentError) return `Policy Error: ${error.message}`
    throw error
  }
}
