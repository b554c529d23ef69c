import { Button, Group, Modal, NumberInput, Select, SimpleGrid, Stack, TextInput } from '@mantine/core'
import { actClasses, answerClasses } from '../../../../../src/channels/email/simulator/contract.ts'
import type { SimulatorScript } from '../../../../../src/simulator/scripts/contract.ts'
import { useTexts } from '../../../i18n/texts.tsx'
import { FormProblems } from '../../../ui/form-problems.tsx'
import { useScriptForm } from './script-form.ts'
import { useCampaignNames } from './use-campaigns.ts'

type Props = { readonly script: SimulatorScript | null; readonly onClose: () => void }
type Form = ReturnType<typeof useScriptForm>['form']

const useLabels = () => {
  const { t } = useTexts()
  return {
    name: t('scripts.name'),
    'match.address': t('scripts.address'),
    'match.domain': t('scripts.domain'),
    'match.campaign_id': t('scripts.campaign'),
    'outcome.class': t('scripts.what'),
    'outcome.rate': t('scripts.percent'),
    'outcome.latency_ms': t('scripts.seconds'),
    seed: t('scripts.seed'),
  }
}

const WhoFields = ({ form }: { readonly form: Form }) => {
  const { t } = useTexts()
  const labels = useLabels()
  const campaigns = useCampaignNames()
  return (
    <>
      <TextInput
        label={labels['match.address']}
        description={t('scripts.address-hint')}
        maxLength={254}
        data-autofocus
        {...form.getInputProps('match.address')}
      />
      <SimpleGrid cols={{ base: 1, sm: 2 }}>
        <TextInput
          label={labels['match.domain']}
          description={t('scripts.domain-hint')}
          maxLength={253}
          {...form.getInputProps('match.domain')}
        />
        {campaigns === null ? null : (
          <Select
            label={labels['match.campaign_id']}
            description={t('scripts.campaign-hint')}
            placeholder={t('scripts.campaign-any')}
            data={[...campaigns].map(([value, label]) => ({ value, label }))}
            searchable
            clearable
            {...form.getInputProps('match.campaign_id')}
          />
        )}
      </SimpleGrid>
    </>
  )
}

const WhatFields = ({ form }: { readonly form: Form }) => {
  const { t } = useTexts()
  const labels = useLabels()
  const { class: outcome } = form.getValues().outcome
  const choices = (classes: readonly (typeof outcome)[]) =>
    classes.map((value) => ({ value, label: t(`scripts.class-${value}`) }))
  return (
    <>
      <Select
        label={labels['outcome.class']}
        description={t(`scripts.hint-${outcome}`)}
        inputWrapperOrder={['label', 'input', 'description', 'error']}
        data={[
          { group: t('scripts.group-answers'), items: choices(answerClasses) },
          { group: t('scripts.group-acts'), items: choices(actClasses) },
        ]}
        allowDeselect={false}
        required
        {...form.getInputProps('outcome.class')}
      />
      <SimpleGrid cols={{ base: 1, sm: 2 }}>
        <NumberInput
          label={labels['outcome.rate']}
          description={t('scripts.percent-hint')}
          suffix=" %"
          min={0}
          max={100}
          decimalScale={4}
          required
          {...form.getInputProps('outcome.rate')}
        />
        <NumberInput
          label={labels['outcome.latency_ms']}
          description={t('scripts.seconds-hint')}
          min={0}
          decimalScale={3}
          {...form.getInputProps('outcome.latency_ms')}
        />
      </SimpleGrid>
    </>
  )
}

const ScriptForm = ({ script, onClose }: Props) => {
  const { t } = useTexts()
  const labels = useLabels()
  const { form, busy, error, submit } = useScriptForm(script, onClose)
  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="md">
        <FormProblems form={form} error={error} labels={labels} />
        <WhoFields form={form} />
        <WhatFields form={form} />
        <SimpleGrid cols={{ base: 1, sm: 2 }}>
          <TextInput
            label={labels.name}
            description={t('scripts.name-hint')}
            maxLength={100}
            {...form.getInputProps('name')}
          />
          <TextInput
            label={labels.seed}
            description={t('scripts.seed-hint')}
            maxLength={64}
            {...form.getInputProps('seed')}
          />
        </SimpleGrid>
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose} disabled={busy}>
            {t('ui.cancel')}
          </Button>
          <Button type="submit" loading={busy}>
            {t('ui.save')}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}

/** Adds a rule, or changes the given one. */
export const ScriptDialog = ({ opened, ...props }: Props & { readonly opened: boolean }) => {
  const { t } = useTexts()
  return (
    <Modal
      opened={opened}
      onClose={props.onClose}
      size="lg"
      title={t(props.script === null ? 'scripts.add-title' : 'scripts.edit-title')}
    >
      <ScriptForm key={props.script?.id ?? 'new'} {...props} />
    </Modal>
  )
}
