/** Languages offered by name; any other BCP 47 tag a contact already has is kept and shown too. */
const tags =
  'ar be bg bs ca cs cy da de el en en-GB en-US es et eu fa fi fr ga gl he hi hr hu hy id is it ja ka kk ko lt lv mk ms ' +
  'mt nb nl nn pl pt pt-BR ro ru sk sl sq sr sv th tr uk ur uz vi zh'

export const languageChoices = (reader: string, present: string): { value: string; label: string }[] => {
  const names = new Intl.DisplayNames(reader, { type: 'language' })
  const nameOf = (tag: string): string => {
    try {
      return names.of(tag) ?? tag
    } catch {
      return tag
    }
  }
  const all = new Set(tags.split(' '))
  if (present !== '') all.add(present)
  return [...all]
    .map((value) => ({ value, label: `${nameOf(value)} (${value})` }))
    .toSorted((a, b) => a.label.localeCompare(b.label, reader))
}
