/** Whose shell the commands are for. */
export type Shell = 'unix' | 'windows'

export interface Step {
  readonly text: string
  readonly command: string
}

/** How to push to a repository, from the login to the push: `uri` is `<host>/<repository>`. */
export function pushCommands(
  shell: Shell,
  to: { uri: string; region: string; endpoint: string },
): readonly Step[] {
  const { uri, region, endpoint } = to
  const slash = uri.indexOf('/')
  const [host, name] = [uri.slice(0, slash), uri.slice(slash + 1)]
  const local = name.split('/').pop()
  const login = `--region ${region} --endpoint-url ${endpoint}`
  return [
    {
      text: 'Log docker in. The token is good for twelve hours.',
      command:
        shell === 'unix'
          ? `aws ecr get-login-password ${login} | docker login --username AWS --password-stdin ${host}`
          : `(Get-ECRLoginCommand -Region ${region} -EndpointUrl ${endpoint}).Password | docker login --username AWS --password-stdin ${host}`,
    },
    { text: 'Build the image, unless it is built already.', command: `docker build -t ${local} .` },
    { text: 'Give it the name of this repository.', command: `docker tag ${local}:latest ${uri}:latest` },
    { text: 'Push it.', command: `docker push ${uri}:latest` },
  ]
}
