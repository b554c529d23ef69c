import { Alert, Stack, Title } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useLocation } from '@tanstack/react-router'
import { useEffect, useState } from 'react'
import { getSetup } from '../../../../src/security/setup/contract.ts'
import { BareFrame } from '../../app/bare-frame.tsx'
import { useTexts } from '../../i18n/texts.tsx'
import { safeNext } from '../../lib/next.ts'
import { read } from '../../lib/queries.ts'
import { RecoveryCodes } from '../../ui/second-factor/recovery-codes.tsx'
import { EnrolmentStep } from './enrolment/enrolment-step.tsx'
import { PasswordStep } from './password-step.tsx'
import { SecondStep } from './second-step.tsx'
import type { Step } from './steps.ts'
import { useArrival, useGoOn } from './use-arrival.ts'

type Search = {
  readonly login?: string
  readonly next?: string
  readonly from?: string
  /** Somebody who is signed in signs in anew, which confirms a narrowed list of addresses. */
  readonly again?: string
}

const Notice = ({ search, token }: { readonly search: Search; readonly token: string | null }) => {
  const { t } = useTexts()
  const { data: setup } = useQuery(read(getSetup))
  const [color, words] =
    token !== null
      ? (['indigo', t('sign-in.enrolment-link')] as const)
      : setup?.needed === true
        ? (['yellow', t('sign-in.setup-needed')] as const)
        : search.from === 'setup'
          ? (['green', t('sign-in.set-up-done')] as const)
          : search.next !== undefined
            ? (['indigo', t(search.again ? 'networks.sign-in-again' : 'sign-in.session-ended')] as const)
            : (['', null] as const)
  return words === null ? null : (
    <Alert role="status" color={color}>
      {words}
    </Alert>
  )
}

type Props = {
  /** Of the mailed link that proves the person before a first factor is bound. */
  readonly token?: string | null
}

/** One page from the login to the console: password or passkey, second factor, binding one. */
export const SignIn = ({ token = null }: Props) => {
  const { t } = useTexts()
  const search = useLocation().search as Search
  // Read once: while the page is being left, the address already is another one.
  const [next] = useState(() => safeNext(search.next))
  const [step, setStep] = useState<Step>({ at: 'password' })
  const arrive = useArrival(next)
  const back = () => setStep({ at: 'password' })
  useGoOn(next, step.at === 'password' && token === null && search.again === undefined)
  useEffect(() => {
    document.title = `${t('sign-in.title')} · Campanile`
  }, [t])
  return (
    <BareFrame>
      {step.at === 'password' ? (
        <PasswordStep
          login={search.login}
          next={next}
          notice={<Notice search={search} token={token} />}
          onStep={setStep}
          onIn={arrive}
        />
      ) : null}
      {step.at === 'challenge' ? (
        <SecondStep challenge={step.challenge} trustDays={step.trustDays} onIn={arrive} onBack={back} />
      ) : null}
      {step.at === 'enrolment' ? (
        <EnrolmentStep
          enrolment={step.enrolment}
          token={token}
          onDone={(codes, done) => (codes.length > 0 ? setStep({ at: 'codes', codes, done }) : arrive(done))}
          onBack={back}
        />
      ) : null}
      {step.at === 'codes' ? (
        <Stack gap="md">
          <Title order={1} size="h2">
            {t('second-factor.codes-title')}
          </Title>
          <RecoveryCodes codes={step.codes} onStored={() => arrive(step.done)} />
        </Stack>
      ) : null}
    </BareFrame>
  )
}

export const SignInPage = () => <SignIn />
