import { CreatePullThroughCacheRuleCommand } from '@aws-sdk/client-ecr'
import Autosuggest from '@cloudscape-design/components/autosuggest'
import FormField from '@cloudscape-design/components/form-field'
import Input from '@cloudscape-design/components/input'
import { type ReactNode, useState } from 'react'
import { useAction } from '../../api/use-action.ts'
import { useEcr } from '../../api/use-clients.ts'
import { FormDialog } from '../../parts/form-dialog.tsx'
import { Optional } from '../../parts/optional.tsx'

/** @see Amazon ECR user guide, "Creating a pull through cache rule", upstream registries and their URLs */
const upstreams = [
  { value: 'registry.k8s.io', label: 'Kubernetes' },
  { value: 'public.ecr.aws', label: 'Amazon ECR Public' },
  { value: 'quay.io', label: 'Quay' },
  { value: 'registry-1.docker.io', label: 'Docker Hub' },
  { value: 'ghcr.io', label: 'GitHub Container Registry' },
  { value: 'registry.gitlab.com', label: 'GitLab Container Registry' },
].map(({ value, label }) => ({ value, description: label }))

const nothing = {
  upstreamRegistryUrl: '',
  ecrRepositoryPrefix: '',
  upstreamRepositoryPrefix: '',
  credentialArn: '',
}

/** Creates a pull through cache rule. */
export function PullThroughForm({ onClose }: { readonly onClose: () => void }): ReactNode {
  const ecr = useEcr()
  const [wanted, setWanted] = useState(nothing)
  const change = (part: Partial<typeof nothing>) => setWanted((before) => ({ ...before, ...part }))
  const { upstreamRegistryUrl, ecrRepositoryPrefix, upstreamRepositoryPrefix, credentialArn } = wanted
  const create = useAction(
    () =>
      ecr.send(
        new CreatePullThroughCacheRuleCommand({
          upstreamRegistryUrl,
          ecrRepositoryPrefix,
          ...(upstreamRepositoryPrefix && { upstreamRepositoryPrefix }),
          ...(credentialArn && { credentialArn }),
        }),
      ),
    { done: () => `Images of ${upstreamRegistryUrl} come as ${ecrRepositoryPrefix}/…`, after: onClose },
  )
  const input = (name: keyof typeof nothing, placeholder: string) => (
    <Input
      value={wanted[name]}
      placeholder={placeholder}
      spellcheck={false}
      onChange={({ detail }) => change({ [name]: detail.value })}
    />
  )
  return (
    <FormDialog
      title="Create pull through cache rule"
      verb="Create"
      isWhole={upstreamRegistryUrl !== '' && ecrRepositoryPrefix !== ''}
      isBusy={create.isPending}
      error={create.error}
      onSubmit={() => create.mutate(undefined)}
      onClose={onClose}
    >
      <FormField label="Upstream registry" constraintText="One of these, or the address of your own.">
        <Autosuggest
          value={upstreamRegistryUrl}
          options={upstreams}
          filteringType="auto"
          enteredTextLabel={(text) => `Use ${text}`}
          placeholder="registry.k8s.io"
          onChange={({ detail }) => change({ upstreamRegistryUrl: detail.value })}
        />
      </FormField>
      <FormField
        label="Repository prefix"
        constraintText="k8s has registry.k8s.io/pause pulled as k8s/pause; ROOT has it pulled as pause."
      >
        {input('ecrRepositoryPrefix', 'k8s')}
      </FormField>
      <FormField label={<Optional>Upstream prefix</Optional>}>
        {input('upstreamRepositoryPrefix', 'team')}
      </FormField>
      <FormField
        label={<Optional>Credentials</Optional>}
        constraintText="The ARN of a secret named ecr-pullthroughcache/…, which Docker Hub and others need."
      >
        {input(
          'credentialArn',
          'arn:aws:secretsmanager:us-east-1:000000000000:secret:ecr-pullthroughcache/hub',
        )}
      </FormField>
    </FormDialog>
  )
}
