import { Text, TextInput } from '@mantine/core'
import { useRef } from 'react'
import { useTexts } from '../../../../i18n/texts.tsx'
import { insertAtCaret } from './caret.ts'
import type { ContentForm } from './content-form.ts'
import { InsertMenu } from './insert-menu.tsx'
import type { Fault, LiveCheck } from './live-check.ts'

/** Longer subjects are cut off by most mail programs. */
export const subjectCharactersAdvised = 60

const useFaultText = () => {
  const { t } = useTexts()
  return ([fault]: readonly Fault[]) =>
    fault === undefined
      ? undefined
      : `${t('content.fault-place', { line: fault.line, column: fault.column })} ${fault.reason}`
}

const Counter = ({ subject }: { readonly subject: string }) => {
  const { t } = useTexts()
  // Counts characters as people see them, an emoji once.
  const count = [...new Intl.Segmenter().segment(subject)].length
  const long = count > subjectCharactersAdvised
  return (
    <Text size="xs" c={long ? 'orange.8' : 'dimmed'} className="tabular" mt={4}>
      {t(long ? 'content.subject-long' : 'content.subject-count', {
        count,
        advised: subjectCharactersAdvised,
      })}
    </Text>
  )
}

type Props = { readonly form: ContentForm; readonly check: LiveCheck }

export const SubjectFields = ({ form, check }: Props) => {
  const { t } = useTexts()
  const faultText = useFaultText()
  const subject = useRef<HTMLInputElement>(null)
  const preheader = useRef<HTMLInputElement>(null)
  const subjectProps = form.getInputProps('subject')
  const preheaderProps = form.getInputProps('preheader')
  return (
    <>
      <div>
        <TextInput
          ref={subject}
          label={t('content.subject')}
          maxLength={500}
          required
          rightSection={<InsertMenu compact onInsert={(text) => insertAtCaret(subject.current, text)} />}
          {...subjectProps}
          error={subjectProps.error ?? faultText(check.faultsOf('subject'))}
        />
        <Counter subject={form.values.subject} />
      </div>
      <TextInput
        ref={preheader}
        label={t('content.preheader')}
        description={t('content.preheader-hint')}
        maxLength={250}
        rightSection={<InsertMenu compact onInsert={(text) => insertAtCaret(preheader.current, text)} />}
        {...preheaderProps}
        error={preheaderProps.error ?? faultText(check.faultsOf('preheader'))}
      />
    </>
  )
}
