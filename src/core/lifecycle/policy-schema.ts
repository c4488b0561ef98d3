import type { Schema } from './schema-breaches.ts'

const positive: Schema = { type: 'integer', minimum: 1 }
const texts: Schema = { type: 'array', items: { type: 'string' } }

/** Which language a policy is written in: ECR's, or ECR's with what Berth adds to it. */
export type PolicyLanguage = 'ecr' | 'berth'

const actionTypes = { ecr: ['expire', 'transition'], berth: ['expire', 'transition', 'keep'] } as const

/**
 * The shape of a lifecycle policy's JSON. It is closed: no member but these, anywhere.
 *
 * @see Amazon ECR user guide, "Lifecycle policy properties in Amazon ECR"
 */
export function policySchema(language: PolicyLanguage): Schema {
  return {
    type: 'object',
    required: ['rules'],
    members: { rules: { type: 'array', atLeast: 1, atMost: 50, items: ruleSchema(language) } },
  }
}

function ruleSchema(language: PolicyLanguage): Schema {
  return {
    type: 'object',
    required: ['action', 'rulePriority', 'selection'],
    members: {
      rulePriority: positive,
      description: { type: 'string' },
      selection: selectionSchema,
      action: actionSchema(language),
    },
  }
}

const selectionSchema: Schema = {
  type: 'object',
  required: ['countNumber', 'countType', 'tagStatus'],
  members: {
    tagStatus: { type: 'string', values: ['tagged', 'untagged', 'any'] },
    tagPatternList: texts,
    tagPrefixList: texts,
    storageClass: { type: 'string', values: ['standard', 'archive'] },
    countType: {
      type: 'string',
      values: ['imageCountMoreThan', 'sinceImagePushed', 'sinceImagePulled', 'sinceImageTransitioned'],
    },
    countUnit: { type: 'string', values: ['days'] },
    countNumber: positive,
  },
}

function actionSchema(language: PolicyLanguage): Schema {
  return {
    type: 'object',
    required: ['type'],
    members: {
      type: { type: 'string', values: actionTypes[language] },
      targetStorageClass: { type: 'string', values: ['archive'] },
    },
  }
}
