import { CheckIcon, ColorSwatch, Input, Group as Row, UnstyledButton } from '@mantine/core'
import { groupColours } from '../../../../src/contacts/groups/contract.ts'
import { useTexts } from '../../i18n/texts.tsx'

type Props = { readonly value: string; readonly onChange: (colour: string) => void }

/** A colour to find the group by; none is a choice too. */
export const ColourChoice = ({ value, onChange }: Props) => {
  const { t } = useTexts()
  return (
    <Input.Wrapper label={t('groups.colour')} labelElement="div">
      <Row gap={8} mt={4} role="radiogroup" aria-label={t('groups.colour')}>
        {groupColours.map((colour) => (
          <UnstyledButton
            key={colour}
            role="radio"
            aria-checked={value === colour}
            aria-label={t(`groups.colour-${colour}`)}
            onClick={() => onChange(value === colour ? '' : colour)}
          >
            <ColorSwatch component="span" size={28} color={`var(--mantine-color-${colour}-6)`}>
              {value === colour ? <CheckIcon size={12} color="#ffffff" /> : null}
            </ColorSwatch>
          </UnstyledButton>
        ))}
      </Row>
    </Input.Wrapper>
  )
}
