import Badge, { type BadgeProps } from '@cloudscape-design/components/badge'
import StatusIndicator from '@cloudscape-design/components/status-indicator'
import type { ReactNode } from 'react'

const colours: Readonly<Record<string, BadgeProps['color']>> = {
  CRITICAL: 'severity-critical',
  HIGH: 'severity-high',
  MEDIUM: 'severity-medium',
  LOW: 'severity-low',
}

/** Severities, worst first. */
export const severities = ['CRITICAL', 'HIGH', 'MEDIUM', 'LOW', 'INFORMATIONAL', 'UNDEFINED']

export function Severity({
  severity,
  count,
}: {
  readonly severity: string
  readonly count?: number
}): ReactNode {
  const name = severity.charAt(0) + severity.slice(1).toLowerCase()
  return (
    <Badge color={colours[severity] ?? 'severity-neutral'}>
      {count === undefined ? name : `${count} ${name}`}
    </Badge>
  )
}

/** How many findings there are of each severity. */
export function SeverityBadges({
  counts,
}: {
  readonly counts: Readonly<Record<string, number | undefined>>
}): ReactNode {
  const found = severities.filter((severity) => (counts[severity] ?? 0) > 0)
  if (found.length === 0) return <StatusIndicator type="success">None</StatusIndicator>
  return (
    <span className="badges">
      {found.map((severity) => (
        <Severity key={severity} severity={severity} count={counts[severity]} />
      ))}
    </span>
  )
}
