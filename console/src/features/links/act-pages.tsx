import { Button } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { cancelApproval } from '../../../../src/approvals/contract.ts'
import { confirmEmailChange, undoEmailChange } from '../../../../src/security/contact-data/contract.ts'
import { useTexts } from '../../i18n/texts.tsx'
import { call } from '../../lib/call.ts'
import { dropMailedToken, useMailedToken } from '../../lib/link-token.ts'
import { isProblem } from '../../lib/problem.ts'
import { ErrorState } from '../../ui/error-state.tsx'
import { LinkDone, LinkFrame, LinkRefused } from './link-frame.tsx'

type Act = 'email' | 'undo' | 'cancel'
const contracts = { email: confirmEmailChange, undo: undoEmailChange, cancel: cancelApproval } as const

/** Opening the page does nothing, for mail scanners open links too; the button does. */
const pageOf = (act: Act) => () => {
  const { t } = useTexts()
  const token = useMailedToken()
  const { mutate, isPending, isSuccess, error } = useMutation({
    mutationFn: (given: string) => call(contracts[act], { body: { token: given }, signedOut: 'throw' }),
    onSuccess: dropMailedToken,
  })
  if (isSuccess) return <LinkDone title={t(`links.${act}-title`)} text={t(`links.${act}-done`)} />
  if (token === null || isProblem(error, 'link_refused')) return <LinkRefused />
  return (
    <LinkFrame title={t(`links.${act}-title`)} text={t(`links.${act}-text`)}>
      {error === null ? null : <ErrorState error={error} />}
      <Button
        size="md"
        color={act === 'email' ? 'indigo' : 'red'}
        loading={isPending}
        onClick={() => mutate(token)}
      >
        {t(`links.${act}-confirm`)}
      </Button>
    </LinkFrame>
  )
}

export const EmailConfirmPage = pageOf('email')
export const EmailUndoPage = pageOf('undo')
export const CancelPage = pageOf('cancel')
