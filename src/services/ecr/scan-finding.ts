import type { Attribute, ImageScanFinding } from '@aws-sdk/client-ecr'
import type { Acceptance } from '../../core/scanning/acceptance.ts'
import type { Finding } from '../../core/scanning/finding.ts'
import type { CvssScore } from '../../core/scanning/severity.ts'
import type { AdvisoryWords } from '../../stores/metadata/advisories.ts'

/** The longest value of an attribute. @see Amazon ECR API reference, Attribute */
const longestValue = 256

/**
 * A vulnerability as basic scanning tells of it. Beside ECR's attributes it has `fixed_version`, where there is one, and `accepted` with the
 * reason, where it is.
 *
 * @see Amazon ECR API reference, ImageScanFinding
 */
export function basicFinding(
  finding: Finding,
  words: AdvisoryWords | undefined,
  acceptance: Acceptance | undefined,
): ImageScanFinding {
  const { name, severity, packageName, packageVersion, fixedIn, cvss } = finding
  return {
    name,
    description: words?.description,
    uri: words?.url,
    severity,
    attributes: [
      ...attribute('package_version', packageVersion),
      ...attribute('package_name', packageName),
      ...(fixedIn === undefined ? [] : attribute('fixed_version', fixedIn)),
      ...cvss.flatMap(scoreAttributes),
      ...(acceptance === undefined ? [] : attribute('accepted', acceptance.reason)),
    ],
  }
}

/** `CVSS3_VECTOR` and `CVSS3_SCORE`, and the same of the other versions. */
function scoreAttributes({ version, vector, score }: CvssScore): Attribute[] {
  const prefix = `CVSS${version.split('.')[0]}`
  return [...attribute(`${prefix}_VECTOR`, vector), ...attribute(`${prefix}_SCORE`, score.toFixed(1))]
}

function attribute(key: string, value: string): Attribute[] {
  return [{ key, value: value.slice(0, longestValue) }]
}
