/** The upstream registries that ECR knows, in its own words. */
export type UpstreamKind =
  | 'ecr'
  | 'ecr-public'
  | 'quay'
  | 'k8s'
  | 'docker-hub'
  | 'github-container-registry'
  | 'azure-container-registry'
  | 'gitlab-container-registry'
  | 'chainguard'

interface KnownUpstream {
  readonly hosts: RegExp
  /** Whether ECR asks for credentials before it makes a rule. */
  readonly needsCredentials: boolean
  /** Where its tokens come from, when that isn't its own host. */
  readonly tokenHosts: readonly string[]
}

/** @see Amazon ECR user guide, "Creating a pull through cache rule", upstream registries and their URLs */
const known: Readonly<Record<UpstreamKind, KnownUpstream>> = {
  ecr: knows(/^[0-9]{12}\.dkr\.ecr\.[a-z0-9-]+\.amazonaws\.com(?:\.cn)?$/, true),
  'ecr-public': knows(/^public\.ecr\.aws$/, false),
  quay: knows(/^quay\.io$/, false),
  k8s: knows(/^registry\.k8s\.io$/, false),
  'docker-hub': knows(/^registry-1\.docker\.io$/, true, 'auth.docker.io'),
  'github-container-registry': knows(/^ghcr\.io$/, true),
  'azure-container-registry': knows(/^[a-z0-9]+\.azurecr\.io$/, true),
  'gitlab-container-registry': knows(/^registry\.gitlab\.com$/, true, 'gitlab.com'),
  chainguard: knows(/^cgr\.dev$/, true),
}

function knows(hosts: RegExp, needsCredentials: boolean, ...tokenHosts: string[]): KnownUpstream {
  return { hosts, needsCredentials, tokenHosts }
}

export function isUpstreamKind(text: string): text is UpstreamKind {
  return Object.hasOwn(known, text)
}

/** Which of ECR's upstream registries a host is; undefined for any other. */
export function upstreamKindOf(host: string): UpstreamKind | undefined {
  return Object.keys(known)
    .filter(isUpstreamKind)
    .find((kind) => known[kind].hosts.test(host))
}

export function needsCredentials(kind: UpstreamKind): boolean {
  return known[kind].needsCredentials
}

/** The hosts that may be shown an upstream's credentials for a token, beside its own. */
export function tokenHostsOf(kind: UpstreamKind | undefined): readonly string[] {
  return kind === undefined ? [] : known[kind].tokenHosts
}
