import { useDebouncedValue } from '@mantine/hooks'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { checkContent, type TemplateError } from '../../../../../../src/campaigns/preview/contract.ts'
import { call } from '../../../../lib/call.ts'
import { type ContentValues, toContent } from './content-form.ts'

const quietMs = 600

export type Fault = Pick<TemplateError, 'line' | 'column' | 'reason'>
type Part = 'subject' | 'preheader' | 'html' | 'text'

/** Judges what stands in the editor while it is written, before anything is stored. */
export const useLiveCheck = (values: ContentValues) => {
  const [settled] = useDebouncedValue(values, quietMs)
  // A message without subject cannot be judged; the field says by itself that it is missing.
  const content = { ...toContent(settled), ...(settled.subject.trim() === '' ? { subject: '–' } : {}) }
  const { data } = useQuery({
    queryKey: [checkContent.path, content],
    queryFn: ({ signal }) => call(checkContent, { body: { content }, signal }),
    placeholderData: keepPreviousData,
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 60_000,
  })
  const faultsOf = (part: Part): readonly Fault[] =>
    data?.errors.filter(({ pointer }) => pointer.endsWith(`/${part}`)) ?? []
  return {
    ok: data?.ok ?? true,
    faultsOf,
    dangerous: data?.dangerous ?? [],
    htmlBytes: data?.html_bytes ?? null,
  }
}
export type LiveCheck = ReturnType<typeof useLiveCheck>
