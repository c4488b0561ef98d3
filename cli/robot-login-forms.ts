/** A robot's login at one registry. */
export interface RobotLogin {
  /** What image references begin with. */
  readonly host: string
  readonly userName: string
  readonly password: string
}

/** The file that docker, podman and builders read logins from. */
export function dockerConfig(login: RobotLogin): string {
  return `${JSON.stringify(authsOf(login), undefined, 2)}\n`
}

/**
 * An image pull secret, ready for `kubectl apply -f -`.
 *
 * @see Kubernetes, "Pull an Image from a Private Registry": type kubernetes.io/dockerconfigjson
 */
export function kubernetesSecret(
  login: RobotLogin,
  { name, namespace }: { readonly name: string; readonly namespace?: string | undefined },
): string {
  const config = Buffer.from(JSON.stringify(authsOf(login))).toString('base64')
  const lines = [
    'apiVersion: v1',
    'kind: Secret',
    'metadata:',
    `  name: ${JSON.stringify(name)}`,
    ...(namespace === undefined ? [] : [`  namespace: ${JSON.stringify(namespace)}`]),
    'type: kubernetes.io/dockerconfigjson',
    'data:',
    `  .dockerconfigjson: ${config}`,
  ]
  return `${lines.join('\n')}\n`
}

function authsOf({ host, userName: username, password }: RobotLogin) {
  const auth = Buffer.from(`${username}:${password}`).toString('base64')
  return { auths: { [host]: { username, password, auth } } }
}
