/** The start page's style sheet, with colours for light and dark screens that keep a contrast of 4.5 to 1 or more. */
export const startPageStyle = `
:root { color-scheme: light dark; --text: #16191f; --soft: #545b64; --back: #f4f6f8; --card: #fff; --line: #d5dbdb; --good: #1d6f42; }
@media (prefers-color-scheme: dark) {
  :root { --text: #e9ebed; --soft: #a9b3bd; --back: #0f1720; --card: #17212c; --line: #33414e; --good: #6fd39b; }
}
* { box-sizing: border-box; }
body { margin: 0; background: var(--back); color: var(--text); font: 16px/1.6 system-ui, sans-serif; }
main { max-width: 52rem; margin: 0 auto; padding: 3rem 1.5rem; }
h1 { margin: 0; font-size: 2.5rem; line-height: 1.2; letter-spacing: -0.02em; }
h2 { margin: 2.5rem 0 0.5rem; font-size: 1.25rem; }
header p { margin: 0.25rem 0 2rem; color: var(--soft); }
.state { margin-left: 0.5rem; color: var(--good); font-weight: 600; }
.state::before { content: "\\25cf"; margin-right: 0.35rem; }
.notice { margin: 0 0 2rem; padding: 0.75rem 1rem; border: 1px solid #b7791f; border-radius: 8px; background: #fffaeb; color: #5f3b00; }
dl { display: grid; grid-template-columns: repeat(auto-fit, minmax(11rem, 1fr)); gap: 1px; margin: 0; overflow: hidden; border: 1px solid var(--line); border-radius: 8px; background: var(--line); }
dl div { padding: 1rem; background: var(--card); }
dt { color: var(--soft); font-size: 0.875rem; }
dd { margin: 0; font-weight: 600; overflow-wrap: anywhere; }
pre { margin: 0; padding: 1rem; overflow-x: auto; border: 1px solid var(--line); border-radius: 8px; background: var(--card); }
code { font: 14px/1.7 ui-monospace, monospace; }
`
