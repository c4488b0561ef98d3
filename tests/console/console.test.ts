import {
  DescribeRegistryCommand,
  ECRClient,
  GetRegistryScanningConfigurationCommand,
} from '@aws-sdk/client-ecr'
import { CreateAccessKeyCommand, CreateUserCommand, IAMClient } from '@aws-sdk/client-iam'
import { CreateTopicCommand, SNSClient, SubscribeCommand } from '@aws-sdk/client-sns'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect } from 'vitest'
import { osvRecord } from '../support/advisories.ts'
import { askBerth } from '../support/ask-berth.ts'
import { type OpenBrowser, openBrowser } from '../support/browser.ts'
import { testWith } from '../support/installed-programs.ts'
import { pushImage } from '../support/push-image.ts'
import { type LocalBerth, startBerth } from '../support/start-berth.ts'
import { tarOf } from '../support/tar.ts'
import { blob, imageOf } from '../support/test-image.ts'

const test = testWith('chromium')

let berth: LocalBerth
let browser: OpenBrowser
let page: Page
beforeAll(async () => {
  berth = await startBerth()
  browser = await openBrowser(berth.url)
  page = browser.page
})
afterAll(async () => {
  await browser?.[Symbol.asyncDispose]()
  await berth?.[Symbol.asyncDispose]()
})

async function ask(operation: string, input: object) {
  const { rootAccessKey: keyId, rootSecretKey: secret } = berth.secrets
  const { status, body } = await askBerth(
    { port: berth.port, keyId, secret },
    `/berth/v1/${operation}`,
    JSON.stringify(input),
  )
  expect(status).toBe(200)
  return JSON.parse(body.toString())
}

async function signIn(accessKeyId: string, secret: string): Promise<void> {
  await page.goto(`${berth.url}/console/`)
  await page.getByLabel('Access key ID').fill(accessKeyId)
  await page.getByLabel('Secret access key').fill(secret)
  await page.getByRole('button', { name: 'Sign in' }).click()
}

const button = (name: string) => page.getByRole('button', { name, exact: true })

describe('the console', () => {
  test('signs in by a link that is good once, and keeps nothing of it in the address', async () => {
    const { ticket } = await ask('CreateConsoleTicket', {})
    await page.goto(`${berth.url}/console/#ticket=${ticket}`)
    await page.getByText('No repositories in this region').waitFor()
    expect(page.url()).toBe(`${berth.url}/console/repositories`)
  })

  test('creates a repository, and shows what was pushed there and found in it', async () => {
    await button('Create repository').first().click()
    await page.getByLabel('Repository name').fill('team/app')
    await page.getByText('Scan images on push').click()
    await button('Create').click()
    await page.getByText('Created team/app').waitFor()

    const package_ = { ecosystem: 'Debian:12', name: 'openssl', fixed: '3.0.11-1' }
    const severity = { upstream: ['CVE-2026-1234'], database_specific: { severity: 'critical' } }
    const records = JSON.stringify(osvRecord('DEBIAN-CVE-2026-1234', [package_], severity))
    await ask('ImportAdvisories', { records })
    const { digest } = await pushDebian('v1')
    await ask('ScanImage', { repositoryName: 'team/app', imageDigest: digest })

    await page.getByRole('link', { name: 'team/app' }).click()
    await page.getByRole('link', { name: 'v1' }).click()
    await page.getByRole('tab', { name: 'Vulnerabilities' }).click()
    const row = page.getByRole('row', { name: /CVE-2026-1234/ })
    await row.waitFor()
    expect(await row.textContent()).toMatch(/Critical.*openssl.*3\.0\.9-1.*3\.0\.11-1/s)
    expect(page.url()).toBe(`${berth.url}/console/repositories/team%2Fapp/images/${digest}/findings`)
  })

  test('names every button for those who hear the page, and the page in its tab', async () => {
    await page.goto(`${berth.url}/console/access`)
    await page.getByRole('heading', { level: 1, name: 'Access' }).waitFor()
    await expectNamedButtons()
    await page.goto(`${berth.url}/console/repositories/team%2Fapp`)
    await page.getByRole('row', { name: /v1/ }).waitFor()
    await expectNamedButtons()
    expect(await page.title()).toBe('team/app - Repositories - Berth')
  })

  test('keeps markup in what others wrote a text', async () => {
    const markup = '<img src=x onerror=document.title="broken">'
    await ask('PutLifecyclePolicy', { repositoryName: 'team/app', lifecyclePolicyText: policyNamed(markup) })
    await page.goto(`${berth.url}/console/repositories/team%2Fapp/lifecycle`)
    const text = page.getByRole('textbox', { name: 'Lifecycle policy' })
    await text.waitFor()
    expect(await text.inputValue()).toContain('onerror')
    expect(await page.locator('img[src=x]').count()).toBe(0)
  })

  test('deletes an image when the word is typed, and brings it back', async () => {
    await page.goto(`${berth.url}/console/repositories/team%2Fapp`)
    await page.getByRole('row', { name: /v1/ }).getByRole('checkbox').check({ force: true })
    await button('Delete').last().click()
    const dialog = page.getByRole('dialog')
    expect(await dialog.getByRole('button', { name: 'Delete' }).isDisabled()).toBe(true)
    await dialog.getByPlaceholder('delete').fill('delete')
    await dialog.getByRole('button', { name: 'Delete' }).click()
    await page.getByText('No images').waitFor()
    await page.getByRole('tab', { name: 'History' }).click()
    await page.getByRole('row', { name: /v1/ }).first().getByRole('checkbox').check({ force: true })
    await button('Restore').click()
    await page.getByText('Nothing to restore').waitFor()
  })

  test('shows an e-mail without running what is in it, and its link confirms a subscription', async () => {
    await subscribe('someone@example.com')
    await page.goto(`${berth.url}/console/mailbox`)
    const mail = page.frameLocator('iframe.mail')
    const opened = page.context().waitForEvent('page')
    await mail.getByRole('link', { name: 'Confirm subscription' }).click()
    const confirmation = await opened
    await confirmation.getByRole('button', { name: 'Confirm subscription' }).click()
    await confirmation.getByText('Subscription confirmed').waitFor()
    await confirmation.close()
    expect(await page.locator('iframe.mail').getAttribute('sandbox')).not.toMatch(
      /allow-(scripts|same-origin|forms)/,
    )
  })

  test('sets where images are copied to and which are scanned', async () => {
    await page.goto(`${berth.url}/console/registry/replication`)
    await button('Add destination').click()
    await page.getByRole('combobox', { name: 'Region' }).fill('eu-west-1')
    await page.getByLabel('Repositories that begin with').last().fill('team-a/ team-b/')
    await button('Save').click()
    await page.getByText('Replication saved').waitFor()
    await page.getByRole('tab', { name: 'Scanning' }).click()
    await page.getByText('Enhanced', { exact: true }).click()
    await button('Add repositories').click()
    await button('Save').click()
    await page.getByText('Scanning saved').waitFor()

    const filter = (filter: string) => ({ filter, filterType: 'PREFIX_MATCH' })
    const { replicationConfiguration } = await ecr().send(new DescribeRegistryCommand({}))
    expect(replicationConfiguration?.rules).toEqual([
      {
        destinations: [{ region: 'eu-west-1', registryId: berth.config.accountId }],
        repositoryFilters: [filter('team-a/'), filter('team-b/')],
      },
    ])
    const { scanningConfiguration } = await ecr().send(new GetRegistryScanningConfigurationCommand({}))
    expect(scanningConfiguration).toEqual({
      scanType: 'ENHANCED',
      rules: [
        { scanFrequency: 'SCAN_ON_PUSH', repositoryFilters: [{ filter: '*', filterType: 'WILDCARD' }] },
      ],
    })
  })

  test('makes rules of pulls through the cache and templates, changes them and deletes them', async () => {
    await page.goto(`${berth.url}/console/registry/pull-through`)
    await button('Create rule').click()
    const form = page.getByRole('dialog')
    await form.getByRole('combobox', { name: 'Upstream registry' }).fill('quay.io')
    await form.getByLabel('Repository prefix').fill('quay')
    await form.getByRole('button', { name: 'Create' }).click()
    await page.getByRole('cell', { name: 'quay.io' }).waitFor()
    await deleteRow('quay')
    await page.getByText('No rules yet').waitFor()

    await page.getByRole('tab', { name: 'Creation templates' }).click()
    await button('Create template').click()
    await form.getByLabel('Prefix').fill('team-a')
    await form.getByRole('button', { name: 'Create', exact: true }).click()
    await page
      .getByRole('row', { name: /team-a/ })
      .getByRole('radio')
      .check({ force: true })
    await button('Edit').click()
    await form.getByLabel('Description').fill('Of team A')
    await form.getByRole('button', { name: 'Save' }).click()
    await page.getByRole('cell', { name: 'Of team A' }).waitFor()
    await deleteRow('team-a')
    await page.getByText('No templates yet').waitFor()
  })

  test('keeps its menu when a page can’t be had, and says what to do', async () => {
    await page.route('**/assets/clusters-page-*', (route) => route.abort())
    await page.getByRole('link', { name: 'Clusters' }).click()
    await page.getByText('This page could not be shown').waitFor()
    await page.getByRole('link', { name: 'Mailbox' }).click()
    await page.getByRole('heading', { name: /Mailbox/ }).waitFor()
    await page.unroute('**/assets/clusters-page-*')
  })

  test('tells who may not see something in AWS’s words', async () => {
    const { accessKeyId, secret } = await userWhoMayNothing()
    await page
      .getByRole('button', { name: new RegExp(berth.config.accountId) })
      .first()
      .click()
    await page.getByText('Sign out').click()
    await signIn(accessKeyId, secret)
    const refusal = page.getByText(
      /AccessDeniedException: User: arn:aws:iam::\d+:user\/guest is not authorized/,
    )
    await refusal.first().waitFor()
    expect(await refusal.first().textContent()).toContain('ecr:DescribeRepositories')
  })

  test('did nothing that its policy forbids, and asked no other server', () => {
    expect(browser.troubles).toEqual([])
  })
})

/** @see WCAG 2.2, 4.1.2 "Name, Role, Value" */
async function expectNamedButtons(): Promise<void> {
  const seen = await page.locator('body').ariaSnapshot()
  expect(seen).toContain('button "Close side navigation"')
  expect(seen.split('\n').filter((line) => /- button(?! ")/.test(line))).toEqual([])
}

/** Chooses a row, and types the word that deletes what it stands for. */
async function deleteRow(name: string): Promise<void> {
  await page
    .getByRole('row', { name: new RegExp(name) })
    .getByRole('radio')
    .check({ force: true })
  await button('Delete').first().click()
  const dialog = page.getByRole('dialog')
  await dialog.getByPlaceholder('delete').fill('delete')
  await dialog.getByRole('button', { name: 'Delete' }).click()
}

function ecr(): ECRClient {
  const { rootAccessKey: accessKeyId, rootSecretKey: secretAccessKey } = berth.secrets
  const credentials = { accessKeyId, secretAccessKey }
  return new ECRClient({ endpoint: berth.url, region: berth.config.region, credentials })
}

async function subscribe(Endpoint: string): Promise<void> {
  const sns = new SNSClient({ endpoint: berth.url, region: 'us-east-1', credentials: rootCredentials() })
  const { TopicArn } = await sns.send(new CreateTopicCommand({ Name: 'pushes' }))
  await sns.send(new SubscribeCommand({ TopicArn, Protocol: 'email', Endpoint }))
  sns.destroy()
}

function rootCredentials() {
  const { rootAccessKey, rootSecretKey } = berth.secrets
  return { accessKeyId: rootAccessKey, secretAccessKey: rootSecretKey }
}

function pushDebian(tag: string) {
  const layer = tarOf([
    { path: 'etc/os-release', content: 'ID=debian\nVERSION_ID="12"\n' },
    {
      path: 'var/lib/dpkg/status',
      content: 'Package: openssl\nStatus: install ok installed\nVersion: 3.0.9-1\n',
    },
  ])
  const image = imageOf({ os: 'linux', architecture: 'amd64' }, [blob(layer)])
  return pushImage(berth, 'team/app', tag, image).then(() => image)
}

function policyNamed(description: string): string {
  const selection = { tagStatus: 'any', countType: 'imageCountMoreThan', countNumber: 999 }
  return JSON.stringify({ rules: [{ rulePriority: 1, description, selection, action: { type: 'expire' } }] })
}

async function userWhoMayNothing() {
  const iam = new IAMClient({ endpoint: berth.url, region: 'us-east-1', credentials: rootCredentials() })
  await iam.send(new CreateUserCommand({ UserName: 'guest' }))
  const { AccessKey } = await iam.send(new CreateAccessKeyCommand({ UserName: 'guest' }))
  iam.destroy()
  return { accessKeyId: AccessKey?.AccessKeyId ?? '', secret: AccessKey?.SecretAccessKey ?? '' }
}
