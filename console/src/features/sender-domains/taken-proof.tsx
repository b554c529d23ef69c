import { Alert, Code, Group, Stack, Text } from '@mantine/core'
import { useTexts } from '../../i18n/texts.tsx'
import type { ProblemError } from '../../lib/problem.ts'
import { CopyButton } from '../../ui/copy-button.tsx'

type Proof = { readonly type: string; readonly name: string; readonly value: string }

const proofOf = ({ members }: ProblemError): Proof | null => {
  const proof = members['proof']
  return typeof proof === 'object' && proof !== null ? (proof as Proof) : null
}

const Part = ({ label, value }: { readonly label: string; readonly value: string }) => (
  <Group gap="xs" wrap="nowrap" align="flex-start">
    <Code block={false} style={{ overflowWrap: 'anywhere' }}>
      {value}
    </Code>
    <CopyButton value={value} label={label} />
  </Group>
)

/** How to show that the domain is rather this account's. */
export const TakenProof = ({ problem }: { readonly problem: ProblemError }) => {
  const { t } = useTexts()
  const proof = proofOf(problem)
  return (
    <Alert color="yellow" variant="light" role="alert" title={t('sender-domains.taken-title')}>
      <Stack gap="xs">
        <Text size="sm">{t('sender-domains.taken-text')}</Text>
        {proof === null ? null : (
          <>
            <Part label={t('sender-domains.copy-name')} value={`${proof.type} ${proof.name}`} />
            <Part label={t('sender-domains.copy-value')} value={proof.value} />
          </>
        )}
      </Stack>
    </Alert>
  )
}
