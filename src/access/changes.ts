/** Access levels "Read" and "List", by the names that IAM gives such actions. */
const reading =
  /^[a-z-]+:(Get|List|Describe|BatchGet|BatchCheck|Preview|Verify|Filter|Lookup|Find|Compare|Explain|Export|Simulate|Test|Validate)/

/**
 * IAM counts these as writing, but nobody sees what they write until the layer is complete; and what is written to a log is a record by
 * itself, as AWS counts what goes through queues for data.
 */
const unseen = new Set([
  'ecr:InitiateLayerUpload',
  'ecr:UploadLayerPart',
  'logs:PutLogEvents',
  'sqs:SendMessage',
  'sqs:ReceiveMessage',
  'sqs:DeleteMessage',
  'sqs:ChangeMessageVisibility',
])

/**
 * Whether an action changes something that others can see, so that it belongs into the audit log. An action that nobody has
 * thought of is taken for a change.
 *
 * @see Service authorization reference, "Actions defined by Amazon Elastic Container Registry", column "Access level"
 */
export function isChange(action: string): boolean {
  return !reading.test(action) && !unseen.has(action)
}
