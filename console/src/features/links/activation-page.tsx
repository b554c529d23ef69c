import { useRouter } from '@tanstack/react-router'
import { completeActivation, inspectActivation } from '../../../../src/security/sign-up/contract.ts'
import { useTexts } from '../../i18n/texts.tsx'
import { call } from '../../lib/call.ts'
import { dropMailedToken, useMailedToken } from '../../lib/link-token.ts'
import { CardSkeleton } from '../../ui/skeletons.tsx'
import { LinkFrame, LinkRefused } from './link-frame.tsx'
import { PasswordForm } from './password-form.tsx'
import { useInspection } from './use-inspection.ts'

export const ActivationPage = () => {
  const { t } = useTexts()
  const router = useRouter()
  const token = useMailedToken()
  const { data, error } = useInspection(inspectActivation, token)
  if (token === null || error !== null) return <LinkRefused />
  if (data === undefined)
    return (
      <LinkFrame title={t('ui.loading')}>
        <CardSkeleton />
      </LinkFrame>
    )
  const activate = async (password: string) => {
    const { login } = await call(completeActivation, { body: { token, password }, signedOut: 'throw' })
    dropMailedToken()
    router.history.push(`/sign-in?login=${encodeURIComponent(login)}`)
  }
  return (
    <PasswordForm
      title={t('links.activation-title', { account: data.account_name })}
      text={t('links.activation-text')}
      action={t('links.activate')}
      lengthMin={data.min_length}
      words={[data.account_name]}
      onSet={activate}
    />
  )
}
