import { Alert, Loader, Modal, Stack, Text } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { Challenge } from '../../../../../src/security/challenges/contract.ts'
import {
  addEmail,
  addSms,
  addTotp,
  getOwnFactors,
  type OwnFactors,
} from '../../../../../src/security/factors/contract.ts'
import { useTexts } from '../../../i18n/texts.tsx'
import { call } from '../../../lib/call.ts'
import { refresh } from '../../../lib/queries.ts'
import { sessionQuery } from '../../../lib/session.ts'
import { problemTitle } from '../../../ui/error-state.tsx'
import { type Method, MethodChoice } from '../../../ui/second-factor/method-choice.tsx'
import { RecoveryCodes } from '../../../ui/second-factor/recovery-codes.tsx'
import { type BegunTotp, PasskeyStep, SentCodeStep, TotpStep } from './add-steps.tsx'

type Step =
  | { readonly at: 'choose'; readonly refusal?: string }
  | { readonly at: 'waiting' }
  | { readonly at: 'totp'; readonly begun: BegunTotp }
  | { readonly at: 'passkey' }
  | { readonly at: 'code'; readonly challenge: Challenge }
  | { readonly at: 'codes'; readonly codes: readonly string[] }

const begin = async (method: Method): Promise<Step> => {
  if (method === 'totp') return { at: 'totp', begun: await call(addTotp, { body: {} }) }
  if (method === 'passkey') return { at: 'passkey' }
  const { challenge } =
    method === 'sms' ? await call(addSms, { body: {} }) : await call(addEmail, { body: {} })
  return { at: 'code', challenge }
}

const Unavailable = ({ options }: { readonly options: OwnFactors['options'] }) => {
  const { t, find } = useTexts()
  return options
    .filter(({ available }) => !available)
    .map(({ type, reason }) => (
      <Text key={type} size="sm" c="dimmed">
        {t(`second-factor.method.${type}`)}: {find('factors', `reason.${reason ?? ''}`) ?? reason}
      </Text>
    ))
}

const Choice = ({
  options,
  refusal,
  onChoose,
}: Pick<OwnFactors, 'options'> & {
  readonly refusal: string | undefined
  readonly onChoose: (method: Method) => void
}) => {
  const { t } = useTexts()
  const open = options
    .filter(({ available }) => available)
    .map(({ type }) => ({ method: type, destination: null }))
  return (
    <Stack gap="md">
      <Text size="sm">{t('factors.add-text')}</Text>
      {refusal === undefined ? null : (
        <Alert color="red" role="alert">
          {refusal}
        </Alert>
      )}
      <MethodChoice alternatives={open} onChoose={onChoose} explained recommended="passkey" />
      <Unavailable options={options} />
    </Stack>
  )
}

type Props = {
  readonly opened: boolean
  readonly onClose: () => void
  readonly options: OwnFactors['options']
}

type StepsProps = Omit<Props, 'opened'> & { readonly onCodes: () => void }

const Steps = ({ onClose, onCodes, options }: StepsProps) => {
  const texts = useTexts()
  const client = useQueryClient()
  const [step, setStep] = useState<Step>({ at: 'choose' })
  const choose = (method: Method) => {
    setStep({ at: 'waiting' })
    void begin(method).then(setStep, (failure: unknown) =>
      setStep({ at: 'choose', refusal: problemTitle(failure, texts) }),
    )
  }
  const done = () => {
    notifications.show({ color: 'green', message: texts.t('factors.add-done') })
    onClose()
  }
  const bound = async (codes: readonly string[] | null) => {
    await refresh(client, getOwnFactors)
    await client.invalidateQueries({ queryKey: sessionQuery.queryKey })
    if (!codes) return done()
    onCodes()
    setStep({ at: 'codes', codes })
  }
  const onBound = (codes: readonly string[] | null) => void bound(codes)
  switch (step.at) {
    case 'choose':
      return <Choice options={options} refusal={step.refusal} onChoose={choose} />
    case 'waiting':
      return <Loader size="sm" />
    case 'totp':
      return <TotpStep begun={step.begun} onBound={onBound} />
    case 'passkey':
      return <PasskeyStep onBound={onBound} />
    case 'code':
      return <SentCodeStep first={step.challenge} onBound={onBound} />
    case 'codes':
      return <RecoveryCodes codes={step.codes} onStored={done} />
  }
}

/** From the choice of a kind to the stored recovery codes. */
export const AddFactor = ({ opened, onClose, options }: Props) => {
  const { t } = useTexts()
  // Codes that are shown once must not vanish by a stray key.
  const [codesShown, setCodesShown] = useState(false)
  const close = () => {
    setCodesShown(false)
    onClose()
  }
  return (
    <Modal
      opened={opened}
      onClose={close}
      title={t(codesShown ? 'factors.codes-title' : 'factors.add-title')}
      closeOnClickOutside={false}
      closeOnEscape={!codesShown}
      withCloseButton={!codesShown}
    >
      <Steps onClose={close} onCodes={() => setCodesShown(true)} options={options} />
    </Modal>
  )
}
