import { type Result, reachesGoal, timesPeer, type Unit } from '../result.ts'
import { type Summary, summarise } from '../statistics.ts'

const header = ['what', 'Berth', 'peer', 'times the peer', 'goal', 'peak memory: Berth / peer']

/** A Markdown table, aligned to be read as it is: medians, and in brackets the least and the most. */
export function table(results: readonly Result[]): string {
  const lines = [header, ...results.map(cells)]
  const widths = header.map((_, column) => Math.max(...lines.map((line) => line[column]?.length ?? 0)))
  const rule = widths.map((width) => '-'.repeat(width))
  return [header, rule, ...lines.slice(1)]
    .map((line) => `| ${line.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |`)
    .join('\n')
}

/** What must be known to read the table, each note once. */
export function notes(results: readonly Result[]): string[] {
  const subjects = Map.groupBy(
    results.flatMap(({ what, notes: said }) => said.map((note) => ({ what, note }))),
    ({ note }) => note,
  )
  return [...subjects].map(([note, those]) => `${those.map(({ what }) => what).join('; ')} — ${note}`)
}

function cells(result: Result): string[] {
  return [
    result.what,
    `${spread(summarise(result.berth), result.unit)} ${result.unit}`,
    peerCell(result),
    timesCell(timesPeer(result)),
    goalCell(result),
    memoryCell(result),
  ]
}

function peerCell({ peer, unit }: Result): string {
  if (peer === undefined) return '-'
  if (peer.samples.length === 0) return `${peer.name} is not installed`
  return `${peer.name} ${spread(summarise(peer.samples), unit)} ${unit}`
}

function timesCell(times: Summary | undefined): string {
  if (times === undefined) return '-'
  return `${times.median.toFixed(2)} (${times.min.toFixed(2)}–${times.max.toFixed(2)})`
}

function goalCell(result: Result): string {
  if (result.goal === undefined) return '-'
  const goal =
    'atMost' in result.goal ? `≤ ${result.goal.atMost} ${result.unit}` : `≥ ${result.goal.timesPeer}`
  const reached = reachesGoal(result)
  return `${goal}: ${reached === undefined ? 'not known' : reached ? 'reached' : 'missed'}`
}

function memoryCell({ peakMemory }: Result): string {
  if (peakMemory === undefined) return '-'
  const { berth, peer } = peakMemory
  return peer === undefined ? `${berth.toFixed(0)} MiB` : `${berth.toFixed(0)} / ${peer.toFixed(0)} MiB`
}

function spread({ median, min, max }: Summary, unit: Unit): string {
  return `${figure(median, unit)} (${figure(min, unit)}–${figure(max, unit)})`
}

function figure(value: number, unit: Unit): string {
  const digits = unit === 'ms' && value < 100 ? 1 : 0
  return value.toLocaleString('en', { maximumFractionDigits: digits, minimumFractionDigits: digits })
}
