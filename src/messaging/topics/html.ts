import { escapeHtml } from '../../core/escape-html.ts'

/** Markup that is safe as it is. */
export interface Html {
  readonly text: string
}

/** Markup with values in it, each escaped unless it is markup itself. */
export function html(
  strings: TemplateStringsArray,
  ...values: readonly (string | Html | readonly Html[])[]
): Html {
  const text = strings.reduce((before, string, at) => before + show(values[at - 1] ?? '') + string)
  return { text }
}

function show(value: string | Html | readonly Html[]): string {
  if (typeof value === 'string') return escapeHtml(value)
  return 'text' in value ? value.text : value.map(({ text }) => text).join('')
}
