import {
  Collapse,
  NumberInput,
  SimpleGrid,
  Stack,
  Switch,
  Text,
  Textarea,
  TextInput,
  UnstyledButton,
} from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { IconChevronDown, IconChevronRight } from '@tabler/icons-react'
import { useId } from 'react'
import { useTexts } from '../../i18n/texts.tsx'
import { type Kind, limitNames, type ProviderForm } from './provider-form.ts'
import classes from './providers.module.css'

type Props = { readonly form: ProviderForm }

/** Direct delivery: how this machine presents itself. */
export const DirectFields = ({ form }: Props) => {
  const { t } = useTexts()
  return (
    <Stack gap="md">
      <Text size="sm" c="dimmed">
        {t('providers.direct-text')}
      </Text>
      <TextInput
        label={t('providers.ehlo-name')}
        description={t('providers.direct-ehlo-hint')}
        maxLength={253}
        autoCapitalize="none"
        spellCheck={false}
        {...form.getInputProps('ehlo_name')}
      />
      <Textarea
        label={t('providers.source-addresses')}
        description={t('providers.source-addresses-hint')}
        autosize
        minRows={2}
        maxRows={6}
        spellCheck={false}
        {...form.getInputProps('source_addresses')}
      />
    </Stack>
  )
}

/** Own limits of a provider, folded away until somebody needs them. */
export const LimitFields = ({ form, kind }: Props & { readonly kind: Kind }) => {
  const { t } = useTexts()
  const values = form.getValues()
  const [opened, fold] = useDisclosure(
    limitNames.some((limit) => values[limit] !== '') || values.shape_by_receiver,
  )
  const id = useId()
  return (
    <div>
      <UnstyledButton
        className={classes.more ?? ''}
        aria-expanded={opened}
        aria-controls={id}
        onClick={fold.toggle}
      >
        {opened ? <IconChevronDown size={16} aria-hidden /> : <IconChevronRight size={16} aria-hidden />}
        {t('providers.limits')}
      </UnstyledButton>
      <Collapse expanded={opened} id={id}>
        <Stack gap="md" mt="sm">
          <Text size="sm" c="dimmed">
            {t('providers.limits-text')}
          </Text>
          <SimpleGrid cols={{ base: 1, xs: 2 }}>
            {limitNames.map((limit) => (
              <NumberInput
                key={limit}
                label={t(`providers.limit-${limit}`)}
                placeholder={t('providers.limit-none')}
                min={1}
                {...(limit === 'concurrent' ? { max: 50 } : {})}
                allowDecimal={false}
                allowNegative={false}
                thousandSeparator=" "
                {...form.getInputProps(limit)}
              />
            ))}
          </SimpleGrid>
          {kind === 'smtp' ? (
            <Switch
              label={t('providers.shape-by-receiver')}
              description={t('providers.shape-by-receiver-hint')}
              {...form.getInputProps('shape_by_receiver', { type: 'checkbox' })}
            />
          ) : null}
        </Stack>
      </Collapse>
    </div>
  )
}
