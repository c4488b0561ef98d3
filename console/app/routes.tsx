import { lazy, type ReactNode } from 'react'
import { Redirect, Route, Switch } from 'wouter'
import { decodePart } from '../format/decode-part.ts'
import { paths } from './paths.ts'

const RepositoriesPage = lazy(async () => ({
  default: (await import('../pages/repositories/repositories-page.tsx')).RepositoriesPage,
}))
const RepositoryPage = lazy(async () => ({
  default: (await import('../pages/repository/repository-page.tsx')).RepositoryPage,
}))
const ImagePage = lazy(async () => ({ default: (await import('../pages/image/image-page.tsx')).ImagePage }))
const RegistryPage = lazy(async () => ({
  default: (await import('../pages/registry/registry-page.tsx')).RegistryPage,
}))
const ClustersPage = lazy(async () => ({
  default: (await import('../pages/ecs/clusters-page.tsx')).ClustersPage,
}))
const ClusterPage = lazy(async () => ({
  default: (await import('../pages/ecs/cluster-page.tsx')).ClusterPage,
}))
const ServicePage = lazy(async () => ({
  default: (await import('../pages/ecs/service-page.tsx')).ServicePage,
}))
const TaskPage = lazy(async () => ({ default: (await import('../pages/ecs/task-page.tsx')).TaskPage }))
const RulesPage = lazy(async () => ({ default: (await import('../pages/events/rules-page.tsx')).RulesPage }))
const DeliveriesPage = lazy(async () => ({
  default: (await import('../pages/events/deliveries-page.tsx')).DeliveriesPage,
}))
const MailboxPage = lazy(async () => ({
  default: (await import('../pages/mailbox/mailbox-page.tsx')).MailboxPage,
}))
const AuditPage = lazy(async () => ({ default: (await import('../pages/audit/audit-page.tsx')).AuditPage }))
const AccessPage = lazy(async () => ({
  default: (await import('../pages/access/access-page.tsx')).AccessPage,
}))

/** Which page an address shows. Each is loaded when it is first looked at. */
export function Routes(): ReactNode {
  return (
    <Switch>
      <Route path="/repositories" component={RepositoriesPage} />
      <Route path="/repositories/:name/images/:digest/:tab?">
        {({ name, digest, tab }) => (
          <ImagePage key={digest} name={decodePart(name)} digest={digest} tab={tab} />
        )}
      </Route>
      <Route path="/repositories/:name/:tab?">
        {({ name, tab }) => <RepositoryPage name={decodePart(name)} tab={tab} />}
      </Route>
      <Route path="/registry/:tab?">{({ tab }) => <RegistryPage tab={tab} />}</Route>
      <Route path="/clusters" component={ClustersPage} />
      <Route path="/clusters/:cluster">
        {({ cluster }) => <ClusterPage key={cluster} cluster={cluster} />}
      </Route>
      <Route path="/clusters/:cluster/services/:name">
        {({ cluster, name }) => <ServicePage key={name} cluster={cluster} name={name} />}
      </Route>
      <Route path="/clusters/:cluster/tasks/:id">
        {({ cluster, id }) => <TaskPage key={id} cluster={cluster} id={id} />}
      </Route>
      <Route path="/events/rules" component={RulesPage} />
      <Route path="/events/deliveries" component={DeliveriesPage} />
      <Route path="/mailbox" component={MailboxPage} />
      <Route path="/audit" component={AuditPage} />
      <Route path="/access" component={AccessPage} />
      <Route>
        <Redirect to={paths.repositories} replace />
      </Route>
    </Switch>
  )
}
