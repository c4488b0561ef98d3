import { type Html, html } from './html.ts'

const font = "font:15px/1.5 -apple-system,'Segoe UI',Roboto,Helvetica,Arial,sans-serif"
const text = '#16191f'
const soft = '#5f6b7a'
const line = '#d9dee4'

/**
 * An e-mail's markup: a card with a headline. Programs for mail know tables and styles in the markup itself, and some of them no more.
 *
 * @param preview what lists of e-mails show beside the subject
 */
export function mailPage(
  {
    preview,
    headline,
    footer,
  }: { readonly preview: string; readonly headline: string; readonly footer: Html },
  ...content: readonly Html[]
): string {
  return html`<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${headline}</title></head>
<body style="margin:0;padding:0;background:#eef1f4">
<div style="display:none;max-height:0;overflow:hidden">${preview}</div>
<table role="presentation" width="100%" cellpadding="0" cellspacing="0" style="background:#eef1f4"><tr><td align="center" style="padding:24px 12px">
<table role="presentation" width="100%" cellpadding="0" cellspacing="0" style="max-width:640px;background:#ffffff;border:1px solid ${line};border-radius:8px;${font};color:${text}">
<tr><td style="padding:14px 28px;border-bottom:1px solid ${line};font-weight:600;color:${soft}">Berth</td></tr>
<tr><td style="padding:24px 28px"><h1 style="margin:0 0 16px;font-size:21px;line-height:1.3;color:${text};word-break:break-word">${headline}</h1>
${content}</td></tr>
<tr><td style="padding:16px 28px;border-top:1px solid ${line};font-size:13px;color:${soft}">${footer}</td></tr>
</table></td></tr></table>
</body></html>
`.text
}

export function paragraph(words: string): Html {
  return html`<p style="margin:0 0 16px;word-break:break-word">${words}</p>`
}

export function button(words: string, link: string): Html {
  return html`<p style="margin:20px 0"><a href="${link}" style="display:inline-block;padding:9px 20px;border-radius:20px;background:#0b5cad;color:#ffffff;font-weight:600;text-decoration:none">${words}</a></p>`
}

export function factTable(facts: readonly (readonly [name: string, value: string])[]): Html {
  const rows = facts.map(
    ([name, value]) =>
      html`<tr><th align="left" valign="top" style="padding:5px 20px 5px 0;font-weight:400;color:${soft};white-space:nowrap">${name}</th><td style="padding:5px 0;word-break:break-all">${value}</td></tr>`,
  )
  return html`<table cellpadding="0" cellspacing="0" style="${font};color:${text}">${rows}</table>`
}

/** A message as it is, or as JSON that is easily read. */
export function code(words: string): Html {
  return html`<pre style="margin:20px 0 0;padding:12px 14px;background:#f6f8fa;border:1px solid ${line};border-radius:6px;font:12px/1.5 Consolas,Menlo,monospace;color:${text};white-space:pre-wrap;word-break:break-word">${words}</pre>`
}

export function footerLink(words: string, link: string): Html {
  return html`<a href="${link}" style="color:#0b5cad">${words}</a>`
}
