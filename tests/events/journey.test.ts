import { afterAll, beforeAll, describe, expect } from 'vitest'
import { bothAwsClis } from '../support/aws-cli.ts'
import { startBerthProcess } from '../support/berth-process.ts'
import { type Desk, openDesk } from '../support/desk.ts'
import { testAsRootWith, testUnless } from '../support/installed-programs.ts'
import { linkIn, type MailServer, startMailServer } from '../support/mail-server.ts'

const pattern = JSON.stringify({
  source: ['aws.ecr'],
  'detail-type': ['ECR Image Action'],
  detail: { 'action-type': ['PUSH'], result: ['SUCCESS'], 'repository-name': ['web'] },
})
const topic = 'arn:aws:sns:us-east-1:000000000000:pushes'

describe.each(await bothAwsClis())(
  'an e-mail for each push, with aws CLI version $major',
  ({ major, aws }) => {
    const test = aws
      ? testAsRootWith('dockerd', 'docker')
      : testUnless(`aws CLI version ${major} not installed`)
    let mailServer: MailServer
    let desk: Desk
    let digest: string

    beforeAll(async () => {
      if (aws === undefined) return
      mailServer = await startMailServer()
      const flags = ['--smtp-url', mailServer.url, '--mail-from', 'berth@example.com']
      desk = await openDesk(aws, await startBerthProcess({ flags }))
    })
    afterAll(async () => {
      await desk?.[Symbol.asyncDispose]()
      await mailServer?.[Symbol.asyncDispose]()
    })

    test('a rule is made for pushes', async () => {
      const put = `aws events put-rule --name pushes --event-pattern '${pattern}'`
      expect(JSON.parse(await desk.type(put))).toEqual({
        RuleArn: 'arn:aws:events:us-east-1:000000000000:rule/pushes',
      })
      const { EventPattern } = JSON.parse(await desk.type('aws events describe-rule --name pushes'))
      expect(EventPattern).toBe(pattern)
    })

    test('a topic is made, and an address subscribed', async () => {
      expect(JSON.parse(await desk.type('aws sns create-topic --name pushes'))).toEqual({ TopicArn: topic })
      const subscribe = `aws sns subscribe --topic-arn ${topic} --protocol email --notification-endpoint dev@example.com`
      expect(JSON.parse(await desk.type(subscribe))).toEqual({ SubscriptionArn: 'pending confirmation' })
    })

    test('the address is asked, and confirms by the link it got', async () => {
      const mail = await mailServer.next()
      expect(mail).toMatchObject({ from: 'berth@example.com', to: ['dev@example.com'] })
      expect(mail.text).toContain('Subject: AWS Notification - Subscription Confirmation')
      const page = await fetch(linkIn(mail, '/confirmation.html'))
      expect(await page.text()).toContain('<button>Confirm subscription</button>')
      const before = await desk.type(`aws sns list-subscriptions-by-topic --topic-arn ${topic}`)
      expect(JSON.parse(before).Subscriptions[0].SubscriptionArn).toBe('PendingConfirmation')
      const answer = await fetch(page.url, { method: 'POST' })
      expect(await answer.text()).toContain(`Subscription confirmed: ${topic}:`)
      const after = await desk.type(`aws sns list-subscriptions-by-topic --topic-arn ${topic}`)
      expect(JSON.parse(after).Subscriptions[0].SubscriptionArn).toContain(`${topic}:`)
    })

    test('the rule is pointed at the topic', async () => {
      const put = `aws events put-targets --rule pushes --targets Id=mail,Arn=${topic}`
      expect(JSON.parse(await desk.type(put))).toEqual({ FailedEntryCount: 0, FailedEntries: [] })
    })

    test('docker pushes, and the e-mail arrives', async () => {
      const image = `${desk.berth.host}/web:v1`
      await desk.type('aws ecr create-repository --repository-name web')
      await desk.type(
        `aws ecr get-login-password | docker login --username AWS --password-stdin ${desk.berth.host}`,
      )
      await desk.editPage('Hello')
      const said = await desk.type(`docker build -t ${image} . && docker push ${image}`)
      digest = /digest: (sha256:[0-9a-f]{64})/.exec(said)?.[1] ?? said
      const mail = await mailServer.next()
      expect(mail.to).toEqual(['dev@example.com'])
      expect(mail.text).toContain('Subject: web:v1 was pushed')
      expect(mail.text).toContain(`"image-digest":"${digest}"`)
    })

    test('a push to another repository sends none, and a deletion neither', async () => {
      const other = `${desk.berth.host}/other:v1`
      await desk.type('aws ecr create-repository --repository-name other')
      await desk.type(`docker tag ${desk.berth.host}/web:v1 ${other} && docker push ${other}`)
      await desk.type('aws ecr batch-delete-image --repository-name web --image-ids imageTag=v1')
      await desk.type(`docker push ${desk.berth.host}/web:v1`)
      await mailServer.next()
      expect(mailServer.mails).toHaveLength(3)
    })

    test('the link in the e-mail ends the subscription', async () => {
      const link = linkIn(await lastMail(mailServer), '/unsubscribe.html')
      const answer = await fetch(link, { method: 'POST' })
      expect(await answer.text()).toContain('You get no more messages')
      const left = await desk.type(`aws sns list-subscriptions-by-topic --topic-arn ${topic}`)
      expect(JSON.parse(left).Subscriptions).toEqual([])
    })
  },
)

async function lastMail({ mails }: MailServer) {
  const mail = mails.at(-1)
  if (mail === undefined) throw new Error('No mail came')
  return mail
}
