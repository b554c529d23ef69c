import { Alert, Anchor, List } from '@mantine/core'
import type { UseFormReturnType } from '@mantine/form'
import { IconAlertTriangle } from '@tabler/icons-react'
import type { Texts } from '../i18n/message.ts'
import { useTexts } from '../i18n/texts.tsx'
import { pathOfPointer } from '../lib/pointer.ts'
import { type FieldProblem, isProblem } from '../lib/problem.ts'
import { ErrorState, problemTitle } from './error-state.tsx'

/** Our own words for the code of a field, else the server's. */
export const fieldText = (field: FieldProblem, { find }: Texts): string =>
  find('problems', `field.${field.code}`) ?? find('problems', field.code) ?? field.detail

export type FieldNames = {
  /** Form path by body path, where they differ. */
  readonly rename?: Readonly<Record<string, string>>
  /** Form path of refusals that concern one field without naming it: `{ name_taken: 'name' }`. */
  readonly codes?: Readonly<Record<string, string>>
}

/** Errors of a refusal by form path. */
export const fieldErrors = (
  error: unknown,
  texts: Texts,
  { rename = {}, codes = {} }: FieldNames = {},
): Record<string, string> => {
  if (!isProblem(error)) return {}
  const pointer = error.word('pointer')
  const own = pointer === null ? codes[error.code] : pathOfPointer(pointer)
  const whole = own === undefined ? [] : [[own, problemTitle(error, texts)] as const]
  const fields = error.errors.map((field) => [pathOfPointer(field.pointer), fieldText(field, texts)] as const)
  return Object.fromEntries([...whole, ...fields].map(([path, text]) => [rename[path] ?? path, text]))
}

// biome-ignore lint/suspicious/noExplicitAny: Mantine's own generic has no bound that fits every form.
type AnyForm = Pick<UseFormReturnType<any>, 'errors' | 'getInputNode' | 'setErrors'>

type Props = {
  readonly form: AnyForm
  /** What the last submit threw. */
  readonly error: unknown
  /** Labels by form path. */
  readonly labels: Readonly<Record<string, string>>
}

/** The summary above a form: jumps to the field; refusals without a field stand here whole. */
export const FormProblems = ({ form, error, labels }: Props) => {
  const { t } = useTexts()
  const wrong = Object.keys(form.errors).filter((path) => form.errors[path] != null)
  if (wrong.length === 0) return error === null || error === undefined ? null : <ErrorState error={error} />
  return (
    <Alert
      color="red"
      variant="light"
      role="alert"
      icon={<IconAlertTriangle size={20} />}
      title={t('ui.error-summary', { count: wrong.length })}
    >
      <List size="sm" spacing={2}>
        {wrong.map((path) => (
          <List.Item key={path}>
            <Anchor
              component="button"
              type="button"
              size="sm"
              c="inherit"
              underline="always"
              onClick={() => form.getInputNode(path)?.focus()}
            >
              {labels[path] ?? path}
            </Anchor>
            {': '}
            {form.errors[path]}
          </List.Item>
        ))}
      </List>
    </Alert>
  )
}
