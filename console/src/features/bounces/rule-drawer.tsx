import { Drawer, Select, Stack, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { notifications } from '@mantine/notifications'
import { useQueryClient } from '@tanstack/react-query'
import {
  type BounceRule,
  changeBounceRule,
  createBounceRule,
  listBounceRules,
} from '../../../../src/inbound/rules/contract.ts'
import { useTexts } from '../../i18n/texts.tsx'
import { call } from '../../lib/call.ts'
import { refresh } from '../../lib/queries.ts'
import { FormFoot } from '../../ui/form-foot.tsx'
import { FormProblems } from '../../ui/form-problems.tsx'
import { useSubmit } from '../../ui/submit.ts'
import { classWords, groupWords } from './class-words.ts'
import { RuleTrial } from './rule-trial.tsx'

const classes = [
  'unknown_user',
  'unknown_domain',
  'disabled',
  'mailbox_full',
  'server',
  'timeout',
  'greylist',
  'too_large',
  'spam',
  'policy',
  'reputation',
  'authentication',
  'out_of_office',
  'auto_reply',
  'challenge',
] as const satisfies readonly BounceRule['class'][]

type Values = { code: string; pattern: string; receiver: string; class: BounceRule['class']; comment: string }

const valuesOf = (rule: BounceRule | null): Values => ({
  code: rule?.code ?? '',
  pattern: rule?.pattern ?? '',
  receiver: rule?.receiver ?? '',
  class: rule?.class ?? 'unknown_user',
  comment: rule?.comment ?? '',
})
const orNull = (text: string): string | null => (text.trim() === '' ? null : text.trim())

/** What is sent of the form: an empty field is no condition. */
export const ruleOf = (values: Values) => ({
  code: orNull(values.code),
  pattern: orNull(values.pattern),
  receiver: orNull(values.receiver),
  class: values.class,
})

const useRuleForm = (rule: BounceRule | null, onClose: () => void) => {
  const { t } = useTexts()
  const client = useQueryClient()
  const form = useForm<Values>({
    initialValues: valuesOf(rule),
    validate: (values) => {
      const { code, pattern, receiver } = ruleOf(values)
      return code === null && pattern === null && receiver === null
        ? { pattern: t('bounces.rule-needs') }
        : {}
    },
  })
  const submitting = useSubmit(form, async (values) => {
    const body = { ...ruleOf(values), comment: orNull(values.comment) }
    if (rule === null) await call(createBounceRule, { body })
    else await call(changeBounceRule, { params: { id: rule.id }, body, ifMatch: rule.version })
    await refresh(client, listBounceRules)
    notifications.show({ color: 'green', message: t('bounces.rule-saved') })
    onClose()
  })
  return { form, ...submitting }
}

type FormProps = { readonly rule: BounceRule | null; readonly onClose: () => void }

const Form = ({ rule, onClose }: FormProps) => {
  const texts = useTexts()
  const { t } = texts
  const { form, busy, error, submit } = useRuleForm(rule, onClose)
  const labels = {
    code: t('bounces.rule-code'),
    pattern: t('bounces.rule-pattern'),
    receiver: t('bounces.rule-receiver'),
    class: t('bounces.rule-class'),
    comment: t('bounces.rule-comment'),
  }
  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="md">
        <FormProblems form={form} error={error} labels={labels} />
        <TextInput
          label={labels.pattern}
          description={t('bounces.rule-pattern-hint')}
          maxLength={200}
          data-autofocus
          {...form.getInputProps('pattern')}
        />
        <TextInput
          label={labels.code}
          description={t('bounces.rule-code-hint')}
          maxLength={32}
          {...form.getInputProps('code')}
        />
        <TextInput
          label={labels.receiver}
          description={t('bounces.rule-receiver-hint')}
          maxLength={253}
          {...form.getInputProps('receiver')}
        />
        <Select
          label={labels.class}
          description={groupWords(texts, form.values.class)}
          allowDeselect={false}
          data={classes.map((value) => ({ value, label: classWords(texts, value) }))}
          {...form.getInputProps('class')}
        />
        <TextInput
          label={`${labels.comment} (${t('ui.optional')})`}
          maxLength={250}
          {...form.getInputProps('comment')}
        />
        <RuleTrial rule={ruleOf(form.values)} />
        <FormFoot action={t('ui.save')} busy={busy} onCancel={onClose} />
      </Stack>
    </form>
  )
}

type Props = { readonly edited: BounceRule | 'new' | null; readonly onClose: () => void }

export const RuleDrawer = ({ edited, onClose }: Props) => {
  const { t } = useTexts()
  const rule = edited === 'new' ? null : edited
  return (
    <Drawer
      opened={edited !== null}
      onClose={onClose}
      title={t(rule === null ? 'bounces.rule-add' : 'bounces.rule-edit')}
      position="right"
      size="lg"
    >
      {edited === null ? null : <Form key={rule?.id ?? 'new'} rule={rule} onClose={onClose} />}
    </Drawer>
  )
}
