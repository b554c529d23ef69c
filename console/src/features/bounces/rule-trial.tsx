import { Alert, Button, Stack, Table, Text } from '@mantine/core'
import { IconFlask } from '@tabler/icons-react'
import { useMutation } from '@tanstack/react-query'
import type { ReplyOf } from '../../../../src/http/contract.ts'
import { type BounceRule, testBounceRules } from '../../../../src/inbound/rules/contract.ts'
import { useFormats, useTexts } from '../../i18n/texts.tsx'
import { call } from '../../lib/call.ts'
import { ErrorState } from '../../ui/error-state.tsx'
import { classWords } from './class-words.ts'

type Tested = ReplyOf<typeof testBounceRules>

const Outcome = ({ tested }: { readonly tested: Tested }) => {
  const texts = useTexts()
  const { t } = texts
  const formats = useFormats()
  const { looked_at, fitting, changing, samples } = tested
  const figures = {
    looked: formats.number(looked_at),
    fitting: formats.number(fitting),
    changing: formats.number(changing),
  }
  return (
    <Stack gap="xs">
      <Text size="sm">{looked_at === 0 ? t('bounces.try-none') : t('bounces.try-result', figures)}</Text>
      {samples.length === 0 ? null : (
        <Table.ScrollContainer minWidth={320}>
          <Table verticalSpacing={4} aria-label={t('bounces.try')}>
            <Table.Thead>
              <Table.Tr>
                <Table.Th>{t('bounces.answer')}</Table.Th>
                <Table.Th>{t('bounces.before')}</Table.Th>
                <Table.Th>{t('bounces.after')}</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {samples.map((sample) => (
                <Table.Tr key={`${sample.at} ${sample.text ?? ''}`}>
                  <Table.Td>
                    <Text size="xs" lineClamp={2}>
                      {[sample.code, sample.text].filter(Boolean).join(' ')}
                    </Text>
                  </Table.Td>
                  <Table.Td>{classWords(texts, sample.class_before)}</Table.Td>
                  <Table.Td>{classWords(texts, sample.class_after)}</Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </Table.ScrollContainer>
      )}
    </Stack>
  )
}

type Trial = Pick<BounceRule, 'code' | 'pattern' | 'receiver' | 'class'>

/** What the rule would change, before it is saved. */
export const RuleTrial = ({ rule }: { readonly rule: Trial }) => {
  const { t } = useTexts()
  const trial = useMutation({ mutationFn: () => call(testBounceRules, { body: { rule } }) })
  const without = rule.code === null && rule.pattern === null && rule.receiver === null
  return (
    <Stack gap="sm" align="flex-start">
      <Button
        variant="default"
        leftSection={<IconFlask size={16} />}
        onClick={() => trial.mutate()}
        loading={trial.isPending}
        disabled={without}
      >
        {t('bounces.try')}
      </Button>
      <div role="status" style={{ width: '100%' }}>
        {trial.error === null ? null : <ErrorState error={trial.error} />}
        {trial.data === undefined ? null : (
          <Alert variant="light" color="gray">
            <Outcome tested={trial.data} />
          </Alert>
        )}
      </div>
    </Stack>
  )
}
