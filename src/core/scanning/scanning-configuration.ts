/** `BASIC` looks at a distribution's packages once, `ENHANCED` at those of languages too, and again when more is known. */
export type ScanType = 'BASIC' | 'ENHANCED'

export type ScanFrequency = 'SCAN_ON_PUSH' | 'CONTINUOUS_SCAN' | 'MANUAL'

/** How often the repositories are scanned whose names fit any of the filters. */
export interface ScanningRule {
  readonly frequency: Exclude<ScanFrequency, 'MANUAL'>
  readonly filters: readonly string[]
}

/** How a registry's images are scanned. */
export interface ScanningConfiguration {
  readonly type: ScanType
  readonly rules: readonly ScanningRule[]
}

/** Of a registry that was never told. */
export const defaultScanning: ScanningConfiguration = { type: 'BASIC', rules: [] }
