import { Button } from '@mantine/core'
import { useMutation, useQuery } from '@tanstack/react-query'
import { confirmSender, peekSenderConfirmation } from '../../../../src/senders/contract.ts'
import { useTexts } from '../../i18n/texts.tsx'
import { call } from '../../lib/call.ts'
import { dropMailedToken, useMailedToken } from '../../lib/link-token.ts'
import { isProblem } from '../../lib/problem.ts'
import { ErrorState } from '../../ui/error-state.tsx'
import { LinkDone, LinkFrame, LinkRefused } from './link-frame.tsx'

/** Opening the page does nothing, for mail scanners open links too; the button does. */
export const SenderConfirmPage = () => {
  const { t } = useTexts()
  const token = useMailedToken()
  const peek = useQuery({
    queryKey: ['sender-confirmation', token],
    queryFn: () => call(peekSenderConfirmation, { body: { token: token ?? '' }, signedOut: 'throw' }),
    enabled: token !== null,
    retry: false,
  })
  const { mutate, isPending, isSuccess, error } = useMutation({
    mutationFn: (given: string) => call(confirmSender, { body: { token: given }, signedOut: 'throw' }),
    onSuccess: dropMailedToken,
  })
  if (isSuccess) return <LinkDone title={t('links.sender-title')} text={t('links.sender-done')} />
  const refused = isProblem(error, 'link_refused') || isProblem(peek.error, 'link_refused')
  if (token === null || refused) return <LinkRefused />
  const failure = error ?? peek.error
  return (
    <LinkFrame
      title={t('links.sender-title')}
      text={t('links.sender-text', { email: peek.data?.email ?? '…' })}
    >
      {failure === null ? null : <ErrorState error={failure} />}
      <Button size="md" loading={isPending} disabled={peek.data === undefined} onClick={() => mutate(token)}>
        {t('links.sender-confirm')}
      </Button>
    </LinkFrame>
  )
}
