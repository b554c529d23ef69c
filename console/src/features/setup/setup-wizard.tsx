import { Button, Card, Group, Stack, Text } from '@mantine/core'
import { useRouter } from '@tanstack/react-router'
import { useState } from 'react'
import { completeSetup } from '../../../../src/security/setup/contract.ts'
import { useTexts } from '../../i18n/texts.tsx'
import { call } from '../../lib/call.ts'
import { FormProblems } from '../../ui/form-problems.tsx'
import { useSubmit } from '../../ui/submit.ts'
import { AccountStep } from './account-step.tsx'
import { LastStep } from './last-step.tsx'
import { usePersonLabels } from './person-fields.tsx'
import { type SetupForm, stepOfPath, toSetupBody, useSetupForm } from './setup-form.ts'
import { dropSetupToken } from './setup-token.ts'
import classes from './setup-wizard.module.css'
import { StaffStep } from './staff-step.tsx'
import { WelcomeStep } from './welcome-step.tsx'

const stepsCount = 4
const lastStep = stepsCount - 1
const stepFields = [[], ['staff'], ['account', 'owner'], []] as const

const Steps = ({ step }: { readonly step: number }) => {
  const { t } = useTexts()
  return (
    <div>
      <Text size="sm" c="dimmed" role="status">
        {t('setup.step', { step: step + 1, steps: stepsCount })}
      </Text>
      <div className={classes.bar} aria-hidden>
        {Array.from({ length: stepsCount }, (_, place) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the segments never change their order.
          <span key={place} className={classes.segment} data-reached={place <= step} />
        ))}
      </div>
    </div>
  )
}

/** Checks only what stands on the step; the rest has its turn later. */
const isStepValid = (form: SetupForm, step: number): boolean => {
  const { errors } = form.validate()
  const own = Object.entries(errors).filter(([path]) =>
    stepFields[step]?.some((field) => path.startsWith(field)),
  )
  form.setErrors(Object.fromEntries(own))
  const first = own[0]?.[0]
  if (first !== undefined) form.getInputNode(first)?.focus()
  return first === undefined
}

type Props = { readonly token: string; readonly publicUrl: string }

export const SetupWizard = ({ token, publicUrl }: Props) => {
  const { t } = useTexts()
  const router = useRouter()
  const { form, dropDraft } = useSetupForm()
  const [step, setStep] = useState(0)
  const labels = usePersonLabels()
  const { busy, error, submit } = useSubmit(
    form,
    async (values) => {
      await call(completeSetup, { body: toSetupBody(token, values) })
      dropDraft()
      dropSetupToken()
      const login = values.owner.login.trim() || values.owner.email.trim()
      await router.navigate({ to: '/sign-in', search: { login, from: 'setup' } as never })
    },
    { codes: { login_taken: 'owner.login' }, onErrors: ([first]) => first && setStep(stepOfPath(first)) },
  )
  const forward = () => isStepValid(form, step) && setStep(step + 1)
  const onSubmit: typeof submit = (event) => {
    if (step === lastStep) return submit(event)
    event?.preventDefault()
    forward()
  }
  return (
    <form onSubmit={onSubmit} noValidate>
      <Stack gap="lg">
        <Steps step={step} />
        <FormProblems form={form} error={error} labels={labels} />
        <Card withBorder p={{ base: 'md', xs: 'xl' }}>
          {step === 0 ? <WelcomeStep publicUrl={publicUrl} /> : null}
          {step === 1 ? <StaffStep form={form} /> : null}
          {step === 2 ? <AccountStep form={form} /> : null}
          {step === lastStep ? <LastStep form={form} /> : null}
        </Card>
        <Group justify="space-between">
          <Button variant="default" onClick={() => setStep(step - 1)} disabled={step === 0 || busy}>
            {t('ui.back')}
          </Button>
          <Button type="submit" loading={busy}>
            {t(step === 0 ? 'setup.begin' : step === lastStep ? 'setup.finish' : 'ui.next')}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}
