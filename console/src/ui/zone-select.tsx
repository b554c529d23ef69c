import { Select, type SelectProps } from '@mantine/core'

const zones = ['UTC', ...Intl.supportedValuesOf('timeZone').filter((zone) => zone !== 'UTC')]

/** All time zones the browser knows, found by typing a city. */
export const ZoneSelect = (props: Omit<SelectProps, 'data'>) => (
  <Select
    searchable
    allowDeselect={false}
    data={zones.map((zone) => ({ value: zone, label: zone.replaceAll('_', ' ') }))}
    {...props}
  />
)
