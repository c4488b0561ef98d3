/** Below it are the WebSockets of sessions in containers. */
export const execPath = '/ecs/sessions/'
