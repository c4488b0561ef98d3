const begin = '<!-- latest run, written by npm run bench -- --write-docs -->'
const end = '<!-- end of latest run -->'

/** The page with `content` in place of what stands between its two marks. @throws Error when a mark is missing */
export function withLatestRun(page: string, content: string): string {
  const from = page.indexOf(begin)
  const to = page.indexOf(end)
  if (from === -1 || to < from) throw new Error('docs/benchmarks.md has lost the marks around its table')
  return `${page.slice(0, from)}${begin}\n${content}\n${page.slice(to)}`
}
