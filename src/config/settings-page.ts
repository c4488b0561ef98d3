import { allSettings, type Setting } from './all-settings.ts'
import { defaultConfigFile } from './config-file.ts'

const introduction = `# Configuration

A setting is taken from its flag, else from its variable, else from the configuration file, else it has its default.
\`berth serve --help\` tells the same as this page; both are made from \`src/config/settings.ts\`.

- **Flags** go to \`berth serve\`, or through npm: \`npm start -- --port 5000\`.
- **Variables** are the flags' names in capitals: \`BERTH_PORT=5000 npm start\`. An empty one counts as absent.
- **The file** is \`${defaultConfigFile}\` in the current folder, or what \`--config\` or \`BERTH_CONFIG\` names: one JSON object
  whose keys are the flags' names, such as \`{ "port": 5000, "data-dir": "/var/lib/berth" }\`. It is JSON because every tool can
  write it and nothing has to be installed to read it.

A name that isn't a setting is refused, with the nearest one that is, and so is a value that makes no sense: Berth ends with exit
code 2 and says what would be right. A relative path starts in the current folder.
`

/** docs/configuration.md, whole. */
export function settingsPage(): string {
  return [introduction, table(), ...allSettings.map(section)].join('\n')
}

function table(): string {
  const rows = allSettings.map(
    ({ flag, variable, byDefault }) => `| \`${flag}\` | \`${variable}\` | ${byDefault} |`,
  )
  return ['| Flag | Variable | Default |', '| --- | --- | --- |', ...rows, ''].join('\n')
}

function section({ name, meaning, expects }: Setting): string {
  return `## ${name}\n\n${asMarkdown(meaning)}\n\nMust be ${asMarkdown(expects)}.\n`
}

/** Angle brackets would be taken for HTML. */
function asMarkdown(text: string): string {
  return text.replaceAll('<', '\\<')
}
