/** Below this tasks ask for their credentials and for facts about themselves. */
export const tasksPrefix = '/ecs/'

/** Where a container gets the credentials of its task's role. Without a token in it, the request shows it. */
export function credentialsPath(token?: string): string {
  return `${tasksPrefix}credentials${token === undefined ? '' : `/${token}`}`
}

/** Where a container is told about itself. */
export function metadataPath(token: string): string {
  return `${tasksPrefix}v4/${token}`
}
