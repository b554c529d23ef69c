import type { UseFormReturnType } from '@mantine/form'
import { useState } from 'react'
import { useTexts } from '../i18n/texts.tsx'
import { type FieldNames, fieldErrors } from './form-problems.tsx'

type Options = FieldNames & {
  /** Before the first of them gets the focus: a wizard turns to its step here. */
  readonly onErrors?: (paths: readonly string[]) => void
}

/**
 * The way of every form: `const { busy, error, submit } = useSubmit(form, async (values) => …)`. Field errors of a
 * refusal land beside their fields, the first of them gets the focus.
 */
export const useSubmit = <Values extends object>(
  form: UseFormReturnType<Values>,
  act: (values: Values) => Promise<unknown>,
  { onErrors, ...names }: Options = {},
) => {
  const texts = useTexts()
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<unknown>(null)
  const focusFirst = (errors: Readonly<Record<string, unknown>>) => {
    const paths = Object.keys(errors)
    const [first] = paths
    if (first === undefined) return
    onErrors?.(paths)
    // After the next paint, so that a field of another step is there to be focused.
    requestAnimationFrame(() => form.getInputNode(first)?.focus())
  }
  const run = async (values: Values) => {
    setBusy(true)
    setError(null)
    try {
      await act(values)
    } catch (failure) {
      const errors = fieldErrors(failure, texts, names)
      form.setErrors(errors)
      setError(failure)
      focusFirst(errors)
    } finally {
      setBusy(false)
    }
  }
  return { busy, error, submit: form.onSubmit((values) => void run(values), focusFirst) }
}
