/** Where the pages are, below `/console`. Links of e-mails lead to them too. */
export const paths = {
  repositories: '/repositories',
  repository: (name: string, tab?: string) =>
    `/repositories/${encodeURIComponent(name)}${tab === undefined ? '' : `/${tab}`}`,
  image: (name: string, digest: string) => `/repositories/${encodeURIComponent(name)}/images/${digest}`,
  registry: (tab = 'scanning') => `/registry/${tab}`,
  clusters: '/clusters',
  cluster: (name: string) => `/clusters/${name}`,
  service: (cluster: string, name: string) => `/clusters/${cluster}/services/${name}`,
  task: (cluster: string, id: string) => `/clusters/${cluster}/tasks/${id}`,
  rules: '/events/rules',
  deliveries: '/events/deliveries',
  mailbox: '/mailbox',
  audit: '/audit',
  access: '/access',
}
