import {
  EntityAlreadyExistsError,
  IamLimitExceededError,
  NoSuchEntityError,
} from '../../core/iam/iam-errors.ts'
import {
  issuerUrl,
  noSuchOidcProvider,
  type OidcProvider,
  type OidcProviderKey,
  oidcProviderArn,
  parseThumbprints,
} from '../../core/iam/oidc-provider.ts'
import type { MetadataReader, MetadataTransaction } from '../../stores/metadata/metadata-store.ts'
import { tagArn, untagArn } from './arn-tags.ts'
import { checkTags } from './check-tags.ts'
import { changeIam, type Iam } from './iam.ts'

const providersPerAccount = 100
const clientIdsPerProvider = 100

type Tags = Readonly<Record<string, string>>

/** @throws NoSuchEntityError */
export async function findOidcProvider(
  { oidcProviders }: Pick<MetadataReader, 'oidcProviders'>,
  key: OidcProviderKey,
): Promise<OidcProvider> {
  const provider = await oidcProviders.find(key)
  if (provider === undefined) throw noSuchOidcProvider(oidcProviderArn(key))
  return provider
}

/**
 * Has an account believe an issuer. Nothing is asked of the issuer before a token of its comes.
 *
 * @throws EntityAlreadyExistsError, IamLimitExceededError, InvalidInputError
 */
export async function createOidcProvider(
  iam: Iam,
  wanted: OidcProviderKey & Pick<OidcProvider, 'clientIds' | 'thumbprints'> & { readonly tags: Tags },
): Promise<OidcProvider> {
  const { tags, account, issuer } = wanted
  checkTags(tags)
  const clientIds = checkClientIds(wanted.clientIds)
  const thumbprints = parseThumbprints(wanted.thumbprints)
  const provider = { account, issuer, clientIds, thumbprints, createdAt: iam.now() }
  await changeIam(iam, async (tx) => {
    const others = await tx.oidcProviders.list(account)
    if (others.length >= providersPerAccount && !others.some((other) => other.issuer === issuer)) {
      throw new IamLimitExceededError(
        `Cannot exceed quota for OpenIdConnectProvidersPerAccount: ${providersPerAccount}`,
      )
    }
    if (!(await tx.oidcProviders.add(provider))) {
      throw new EntityAlreadyExistsError(`Provider with url ${issuerUrl(provider)} already exists.`)
    }
    await tagArn(tx, oidcProviderArn(provider), tags)
  })
  return provider
}

/** Sessions that its tokens have begun go on to their end, as on AWS. @throws NoSuchEntityError */
export function deleteOidcProvider(iam: Iam, key: OidcProviderKey): Promise<void> {
  const arn = oidcProviderArn(key)
  return changeIam(iam, async (tx) => {
    if (!(await tx.oidcProviders.delete(key))) {
      throw new NoSuchEntityError(`OpenId connect Provider ${arn} cannot be found.`)
    }
    await tx.arnTags.clear(arn)
  })
}

/** One that is there already is passed over. @throws NoSuchEntityError, IamLimitExceededError */
export function addClientId(iam: Iam, key: OidcProviderKey, clientId: string): Promise<void> {
  return change(iam, key, ({ clientIds }) => ({ clientIds: checkClientIds([...clientIds, clientId]) }))
}

/** One that isn't there is passed over. @throws NoSuchEntityError */
export function removeClientId(iam: Iam, key: OidcProviderKey, clientId: string): Promise<void> {
  return change(iam, key, ({ clientIds }) => ({ clientIds: clientIds.filter((each) => each !== clientId) }))
}

/** The new ones take the place of all. @throws NoSuchEntityError, InvalidInputError */
export function replaceThumbprints(iam: Iam, key: OidcProviderKey, texts: readonly string[]): Promise<void> {
  const thumbprints = parseThumbprints(texts)
  return change(iam, key, () => ({ thumbprints }))
}

/** @throws NoSuchEntityError, InvalidInputError */
export function tagOidcProvider(iam: Iam, key: OidcProviderKey, tags: Tags): Promise<void> {
  return changeIam(iam, async (tx) => tagArn(tx, oidcProviderArn(await findOidcProvider(tx, key)), tags))
}

/** Keys that it doesn't have are passed over. @throws NoSuchEntityError */
export function untagOidcProvider(iam: Iam, key: OidcProviderKey, keys: readonly string[]): Promise<void> {
  return changeIam(iam, async (tx) => untagArn(tx, oidcProviderArn(await findOidcProvider(tx, key)), keys))
}

type Changing = Pick<OidcProvider, 'clientIds' | 'thumbprints'>

function change(
  iam: Iam,
  key: OidcProviderKey,
  changesOf: (provider: OidcProvider) => Partial<Changing>,
): Promise<void> {
  return changeIam(iam, async (tx: MetadataTransaction) => {
    const provider = await findOidcProvider(tx, key)
    await tx.oidcProviders.update(key, { ...provider, ...changesOf(provider) })
  })
}

/** Each once. @throws IamLimitExceededError */
function checkClientIds(clientIds: readonly string[]): string[] {
  const distinct = [...new Set(clientIds)]
  if (distinct.length <= clientIdsPerProvider) return distinct
  throw new IamLimitExceededError(
    `Cannot exceed quota for ClientIdsPerOpenIdConnectProvider: ${clientIdsPerProvider}`,
  )
}
