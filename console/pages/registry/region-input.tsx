import Autosuggest from '@cloudscape-design/components/autosuggest'
import type { ReactNode } from 'react'
import { offeredRegions } from '../../session/regions.ts'

/** A region, offered or written. */
export function RegionInput(props: {
  readonly value: string
  readonly onChange: (region: string) => void
}): ReactNode {
  return (
    <Autosuggest
      value={props.value}
      options={offeredRegions.map((value) => ({ value }))}
      enteredTextLabel={(text) => `Use ${text}`}
      placeholder="eu-west-1"
      ariaLabel="Region"
      onChange={({ detail }) => props.onChange(detail.value)}
    />
  )
}
