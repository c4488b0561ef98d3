import { mkdir, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, describe, expect } from 'vitest'
import { startWebHook, type WebHook } from '../../src/messaging/testing/web-hook.ts'
import { osvRecord } from '../support/advisories.ts'
import { bothAwsClis } from '../support/aws-cli.ts'
import { BERTH, startBerthProcess } from '../support/berth-process.ts'
import { outputOf } from '../support/client.ts'
import { type Desk, openDesk } from '../support/desk.ts'
import { testAsRootWith, testUnless } from '../support/installed-programs.ts'
import { linkIn, type MailServer, startMailServer } from '../support/mail-server.ts'

const topic = 'arn:aws:sns:us-east-1:000000000000:images'
const pageLimit = 30_000

/** What each rule lets through, by its name. */
const patterns = {
  actions: {
    source: ['aws.ecr'],
    'detail-type': ['ECR Image Action'],
    detail: { result: ['SUCCESS'], 'repository-name': ['web'] },
  },
  scans: { source: ['aws.ecr'], 'detail-type': ['ECR Image Scan'], detail: { 'repository-name': ['web'] } },
}

/** A Debian with an openssl that is known to be vulnerable, as the Dockerfile beside it copies it. */
const files = {
  Dockerfile: 'FROM scratch\nCOPY root /\n',
  'root/etc/os-release': 'ID=debian\nVERSION_ID="12"\n',
  'root/var/lib/dpkg/status':
    'Package: openssl\nStatus: install ok installed\nArchitecture: amd64\nVersion: 3.0.9-1\n',
}
const advisory = osvRecord('DEBIAN-CVE-2026-1', [
  { ecosystem: 'Debian:12', name: 'openssl', fixed: '3.0.11-1' },
])

describe.each(await bothAwsClis())(
  'e-mails and web hooks for pushes, scans and deletions, with aws CLI version $major',
  ({ major, aws }) => {
    const test = aws
      ? testAsRootWith('dockerd', 'docker')
      : testUnless(`aws CLI version ${major} not installed`)
    let mailServer: MailServer
    let hook: WebHook
    let desk: Desk
    let digest: string

    beforeAll(async () => {
      if (aws === undefined) return
      mailServer = await startMailServer()
      hook = await startWebHook()
      const mailing = ['--smtp-url', mailServer.url, '--mail-from', 'berth@example.com']
      const flags = [...mailing, '--outbound-networks', '127.0.0.1/32']
      desk = await openDesk(aws, await startBerthProcess({ flags }))
      const records = join(desk.folder, 'advisories.json')
      await writeFile(records, JSON.stringify([advisory]))
      const { dataDir } = desk.berth
      await outputOf(process.execPath, [BERTH, 'advisories', 'import', records, '--data-dir', dataDir])
    })
    afterAll(async () => {
      await desk?.[Symbol.asyncDispose]()
      await hook?.[Symbol.asyncDispose]()
      await mailServer?.[Symbol.asyncDispose]()
    })

    /** Types an aws command and reads its answer. */
    const ask = async (line: string) => JSON.parse(await desk.type(`aws ${line}`))
    /** The events that the web hook was told of since it was subscribed. */
    const told = () =>
      hook.posted
        .map(({ body }) => JSON.parse(body))
        .filter(({ Type }) => Type === 'Notification')
        .map(({ Message }) => JSON.parse(Message))
    const subscribers = async () => {
      const { Subscriptions } = await ask(`sns list-subscriptions-by-topic --topic-arn ${topic}`)
      return Subscriptions.map(({ SubscriptionArn }: { SubscriptionArn: string }) => SubscriptionArn)
    }

    /** The next e-mail, which has this subject and tells of the image. */
    async function arrival(subject: string) {
      const mail = await mailServer.next()
      expect(mail).toMatchObject({ from: 'berth@example.com', to: ['dev@example.com'] })
      expect(mail.text).toContain(`Subject: ${subject}`)
      expect(mail.text).toContain(digest)
      return mail
    }

    test('rules are made for image actions and for scans', async () => {
      for (const [name, pattern] of Object.entries(patterns)) {
        const EventPattern = JSON.stringify(pattern)
        expect(await ask(`events put-rule --name ${name} --event-pattern '${EventPattern}'`)).toEqual({
          RuleArn: `arn:aws:events:us-east-1:000000000000:rule/${name}`,
        })
        expect(await ask(`events describe-rule --name ${name}`)).toMatchObject({ EventPattern })
      }
    })

    test('a topic is made, and an address and a web hook subscribed', async () => {
      expect(await ask('sns create-topic --name images')).toEqual({ TopicArn: topic })
      for (const endpoint of [
        'email --notification-endpoint dev@example.com',
        `http --notification-endpoint ${hook.url}`,
      ]) {
        const subscription = await ask(`sns subscribe --topic-arn ${topic} --protocol ${endpoint}`)
        expect(subscription).toEqual({ SubscriptionArn: 'pending confirmation' })
      }
    })

    test('both are asked, and confirm by the link they got', async () => {
      const mail = await mailServer.next()
      expect(mail.text).toContain('Subject: AWS Notification - Subscription Confirmation')
      const page = await fetch(linkIn(mail, '/confirmation.html'))
      expect(await page.text()).toContain('<button>Confirm subscription</button>')
      expect(await subscribers()).toEqual(['PendingConfirmation', 'PendingConfirmation'])
      const answer = await fetch(page.url, { method: 'POST' })
      expect(await answer.text()).toContain(`Subscription confirmed: ${topic}:`)
      await expect.poll(() => hook.posted.length, { timeout: pageLimit }).toBe(1)
      const { Type, SubscribeURL } = JSON.parse(hook.posted[0]?.body ?? '{}')
      expect(Type).toBe('SubscriptionConfirmation')
      expect((await fetch(SubscribeURL)).status).toBe(200)
      const arn = expect.stringContaining(`${topic}:`)
      expect(await subscribers()).toEqual([arn, arn])
    })

    test('the rules are pointed at the topic', async () => {
      for (const rule of Object.keys(patterns)) {
        const put = `events put-targets --rule ${rule} --targets Id=topic,Arn=${topic}`
        expect(await ask(put)).toEqual({ FailedEntryCount: 0, FailedEntries: [] })
      }
    })

    test('docker pushes, and the first e-mail arrives', async () => {
      const image = `${desk.berth.host}/web:v1`
      for (const [path, text] of Object.entries(files)) {
        await mkdir(dirname(join(desk.folder, path)), { recursive: true })
        await writeFile(join(desk.folder, path), text)
      }
      await desk.type('aws ecr create-repository --repository-name web')
      const { host } = desk.berth
      await desk.type(`aws ecr get-login-password | docker login --username AWS --password-stdin ${host}`)
      const said = await desk.type(`docker build -t ${image} . && docker push ${image}`)
      digest = /digest: (sha256:[0-9a-f]{64})/.exec(said)?.[1] ?? said
      const mail = await arrival('web:v1 was pushed')
      expect(mail.text).toContain(`"image-digest":"${digest}"`)
      expect(linkIn(mail, '/console/')).toMatch(new RegExp(`/console/repositories/web/images/${digest}$`))
    })

    test('a scan ends, and the second e-mail says what it found', async () => {
      await desk.type('aws ecr start-image-scan --repository-name web --image-id imageTag=v1')
      const mail = await arrival('web:v1 was scanned')
      expect(mail.text).toMatch(/Findings:? *(UNDEFINED|MEDIUM|HIGH|LOW) 1/)
    })

    test('the image is deleted, and the third e-mail tells of it', async () => {
      await desk.type('aws ecr batch-delete-image --repository-name web --image-ids imageTag=v1')
      await arrival('web:v1 was deleted')
    })

    test('the web hook was told the same, in their order', async () => {
      await expect.poll(() => told().length, { timeout: pageLimit }).toBe(3)
      const image = { 'repository-name': 'web', 'image-digest': digest }
      expect(told()).toMatchObject([
        { 'detail-type': 'ECR Image Action', detail: { ...image, 'action-type': 'PUSH', 'image-tag': 'v1' } },
        {
          'detail-type': 'ECR Image Scan',
          detail: { ...image, 'scan-status': 'COMPLETE', 'image-tags': ['v1'] },
        },
        {
          'detail-type': 'ECR Image Action',
          detail: { ...image, 'action-type': 'DELETE', 'image-tag': 'v1' },
        },
      ])
    })

    test('a push to another repository sends none', async () => {
      const other = `${desk.berth.host}/other:v1`
      await desk.type('aws ecr create-repository --repository-name other')
      await desk.type(`docker tag ${desk.berth.host}/web:v1 ${other} && docker push ${other}`)
      await desk.type(`docker push ${desk.berth.host}/web:v1`)
      await arrival('web:v1 was pushed')
      expect(mailServer.mails).toHaveLength(5)
    })

    test('the link in the e-mail ends the subscription', async () => {
      const [mail] = mailServer.mails.slice(-1)
      if (mail === undefined) throw new Error('No mail came')
      const answer = await fetch(linkIn(mail, '/unsubscribe.html'), { method: 'POST' })
      expect(await answer.text()).toContain('You get no more messages')
      expect(await subscribers()).toHaveLength(1)
    })
  },
)
