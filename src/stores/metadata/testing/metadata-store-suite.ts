import { describe, expect, test } from 'vitest'
import { SchemaTooNewError } from '../migrations/migrate.ts'
import { describeAcceptances } from './acceptances-suite.ts'
import { describeAdvisories } from './advisories-suite.ts'
import { describeCreationTemplates } from './creation-templates-suite.ts'
import { describeEcs } from './ecs-suite.ts'
import { describeEngineClaims } from './engine-claims-suite.ts'
import { describeEvents } from './events-suite.ts'
import { describeGarbage } from './garbage-suite.ts'
import { describeHistory } from './history-suite.ts'
import { describeIam } from './iam-suite.ts'
import { describeImagePages } from './image-pages-suite.ts'
import { describeImages } from './images-suite.ts'
import { describeJobs } from './jobs-suite.ts'
import { describeLifecycle } from './lifecycle-suite.ts'
import { describeLogs } from './logs-suite.ts'
import type { OpenMetadata } from './metadata-world.ts'
import { describeOidcProviders } from './oidc-providers-suite.ts'
import { describePolicies } from './policies-suite.ts'
import { describePossessions } from './possessions-suite.ts'
import { describePrincipalIds } from './principal-ids-suite.ts'
import { describePullThrough } from './pull-through-suite.ts'
import { describeQueues } from './queues-suite.ts'
import { describeReplication } from './replication-suite.ts'
import { describeRepositories } from './repositories-suite.ts'
import { describeRobots } from './robots-suite.ts'
import { describeRules } from './rules-suite.ts'
import { describeScans } from './scans-suite.ts'
import { describeServices } from './services-suite.ts'
import { describeSigning } from './signing-suite.ts'
import { describeTags } from './tags-suite.ts'
import { describeTopics } from './topics-suite.ts'
import { describeTrail } from './trail-suite.ts'
import { describeTransactions } from './transactions-suite.ts'
import { describeVulnerableImages } from './vulnerable-images-suite.ts'

/** What every metadata store promises, whatever database it is on. */
export function describeMetadataStore(name: string, open: OpenMetadata): void {
  describe(name, () => {
    describeRepositories(open)
    describeImages(open)
    describeImagePages(open)
    describeTags(open)
    describePossessions(open)
    describeTransactions(open)
    describeJobs(open)
    describeEvents(open)
    describeRules(open)
    describeTopics(open)
    describeLogs(open)
    describeQueues(open)
    describeGarbage(open)
    describeHistory(open)
    describeLifecycle(open)
    describeCreationTemplates(open)
    describePullThrough(open)
    describeReplication(open)
    describeAdvisories(open)
    describeScans(open)
    describeVulnerableImages(open)
    describeAcceptances(open)
    describePolicies(open)
    describeIam(open)
    describeOidcProviders(open)
    describePrincipalIds(open)
    describeRobots(open)
    describeTrail(open)
    describeSigning(open)
    describeEcs(open)
    describeServices(open)
    describeEngineClaims(open)

    test('a database that a newer Berth has upgraded is refused, with what to do', async () => {
      await using opened = await open()
      await opened.execute("insert into schema_migrations (name, applied_at) values ('9999-future', 0)")
      const reopening = opened.reopen()
      await expect(reopening).rejects.toThrow(SchemaTooNewError)
      await expect(reopening).rejects.toThrow(
        /newer version of Berth \(it has 9999-future\).*Use that version/,
      )
    })
  })
}
