import {
  Collapse,
  NumberInput,
  SegmentedControl,
  Stack,
  Text,
  TextInput,
  UnstyledButton,
} from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { IconChevronDown, IconChevronRight } from '@tabler/icons-react'
import { useId } from 'react'
import { useTexts } from '../../i18n/texts.tsx'
import { PasswordBox } from '../../ui/password-field.tsx'
import { type ProviderForm, type Tls, usualTls } from './provider-form.ts'
import classes from './providers.module.css'

const modes: readonly Tls[] = ['starttls', 'tls', 'none']

const TlsField = ({ form }: { readonly form: ProviderForm }) => {
  const { t } = useTexts()
  const label = useId()
  const { tls, port } = form.getValues()
  const usual = usualTls(port)
  const unusual = usual !== null && tls !== 'none' && usual !== tls
  return (
    <div>
      <Text size="sm" fw={500} id={label} mb={4}>
        {t('providers.tls')}
      </Text>
      <SegmentedControl
        fullWidth
        aria-labelledby={label}
        value={tls}
        onChange={(value) => form.setFieldValue('tls', modes.find((mode) => mode === value) ?? 'starttls')}
        data={modes.map((value) => ({ value, label: t(`providers.tls-${value}`) }))}
      />
      <Text size="xs" c={unusual ? 'orange.8' : 'dimmed'} mt={6} role="status">
        {unusual
          ? t(usual === 'tls' ? 'providers.tls-unusual-465' : 'providers.tls-unusual-587')
          : t(`providers.tls-${tls}-hint`)}
      </Text>
      {form.errors['tls'] === undefined ? null : (
        <Text size="xs" c="red" mt={4}>
          {form.errors['tls']}
        </Text>
      )}
    </div>
  )
}

const MoreFields = ({ form }: { readonly form: ProviderForm }) => {
  const { t } = useTexts()
  const [opened, more] = useDisclosure(form.getValues().ehlo_name !== '')
  const id = useId()
  return (
    <div>
      <UnstyledButton
        className={classes.more ?? ''}
        aria-expanded={opened}
        aria-controls={id}
        onClick={more.toggle}
      >
        {opened ? <IconChevronDown size={16} aria-hidden /> : <IconChevronRight size={16} aria-hidden />}
        {t('providers.more')}
      </UnstyledButton>
      <Collapse expanded={opened} id={id}>
        <TextInput
          mt="sm"
          label={t('providers.ehlo-name')}
          description={t('providers.ehlo-hint')}
          maxLength={253}
          {...form.getInputProps('ehlo_name')}
        />
      </Collapse>
    </div>
  )
}

type Props = { readonly form: ProviderForm; readonly hasPassword: boolean }

export const SmtpFields = ({ form, hasPassword }: Props) => {
  const { t } = useTexts()
  const changePort = (port: number | string) => {
    const before = form.getValues()
    const follows = usualTls(before.port) === before.tls
    form.setFieldValue('port', port)
    // The mode follows the port for as long as nobody chose another one.
    const usual = usualTls(port)
    if (follows && usual !== null) form.setFieldValue('tls', usual)
  }
  return (
    <Stack gap="md">
      <div className={classes.server}>
        <TextInput
          label={t('providers.host')}
          description={t('providers.host-hint')}
          required
          maxLength={253}
          autoCapitalize="none"
          spellCheck={false}
          {...form.getInputProps('host')}
        />
        <NumberInput
          label={t('providers.port')}
          description={t('providers.port-hint')}
          required
          min={1}
          max={65_535}
          allowDecimal={false}
          hideControls
          {...form.getInputProps('port')}
          onChange={changePort}
        />
      </div>
      <TlsField form={form} />
      <TextInput
        label={t('providers.username')}
        description={t('providers.username-hint')}
        maxLength={255}
        autoComplete="off"
        autoCapitalize="none"
        spellCheck={false}
        {...form.getInputProps('username')}
      />
      <PasswordBox
        label={t('providers.password')}
        description={t(hasPassword ? 'providers.password-kept' : 'providers.password-hint')}
        maxLength={1024}
        autoComplete="new-password"
        disabled={form.getValues().username.trim() === ''}
        {...form.getInputProps('password')}
      />
      <MoreFields form={form} />
    </Stack>
  )
}
